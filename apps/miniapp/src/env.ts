// The build replaces `process.env.…` by its value: WeChat has no `process`.

/** Origin of the API; empty in a browser, where the API shares the page's origin. */
export const apiUrl = process.env.TARO_ENV === 'h5' ? '' : process.env.TARO_APP_API_URL

/** Whether this is the browser build. */
export const isBrowser = process.env.TARO_ENV === 'h5'
