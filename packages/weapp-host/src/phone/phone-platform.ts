/** Where a mini-program runs. WeChat's messages differ between platforms. */
export type PhonePlatform = 'ios' | 'android' | 'devtools'
