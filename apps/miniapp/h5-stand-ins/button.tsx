import { Button as PlainButton } from '@tarojs/components-react'
import type { ComponentProps, KeyboardEvent } from 'react'
import { askPhone, type PhoneDetail } from './phone-number-sheet.ts'
import { forBrowser } from './to-dom-props.ts'

interface WeChatButtonProps
  extends Omit<ComponentProps<typeof PlainButton>, 'openType' | 'onGetPhoneNumber'> {
  readonly openType?: string
  readonly onGetPhoneNumber?: (event: { type: 'getphonenumber'; detail: PhoneDetail }) => void
}

/** WeChat's button in a browser: `openType="getPhoneNumber"` asks the local WeChat. */
export function Button({ openType = '', onGetPhoneNumber, onClick, ...rest }: WeChatButtonProps) {
  const asksPhone = openType.split('|').includes('getPhoneNumber')
  async function ask() {
    const detail = await askPhone().catch(
      (): PhoneDetail => ({ errMsg: 'getPhoneNumber:fail the local WeChat does not answer' }),
    )
    onGetPhoneNumber?.({ type: 'getphonenumber', detail })
  }
  function tap(event: Parameters<NonNullable<typeof onClick>>[0]) {
    onClick?.(event)
    if (asksPhone) void ask()
  }
  // Taro's types speak of mini-programs; what a browser needs beside goes through as it is.
  const keyboard = { role: 'button', tabIndex: 0, 'aria-disabled': rest.disabled === true, onKeyDown: press }
  return <PlainButton {...keyboard} {...forBrowser(rest)} onClick={tap} />
}

function press(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'Enter' && event.key !== ' ') return
  event.preventDefault()
  event.currentTarget.click()
}
