import { Button as PlainButton } from '@tarojs/components-react'
import type { ComponentProps, KeyboardEvent } from 'react'
import { type PhoneNumberDetail, requestPhoneNumber } from './phone-number-sheet.ts'
import { toDomProps } from './to-dom-props.ts'

interface WeChatButtonProps
  extends Omit<ComponentProps<typeof PlainButton>, 'openType' | 'onGetPhoneNumber'> {
  readonly openType?: string
  readonly onGetPhoneNumber?: (event: { type: 'getphonenumber'; detail: PhoneNumberDetail }) => void
}

/** WeChat's button: `openType="getPhoneNumber"` opens the sandbox's phone number sheet. */
export function Button({ openType = '', onGetPhoneNumber, onClick, ...rest }: WeChatButtonProps) {
  const requestsPhoneNumber = openType.split('|').includes('getPhoneNumber')
  async function openPhoneNumberSheet() {
    const detail = await requestPhoneNumber().catch(
      (): PhoneNumberDetail => ({ errMsg: 'getPhoneNumber:fail the WeChat sandbox does not respond' }),
    )
    onGetPhoneNumber?.({ type: 'getphonenumber', detail })
  }
  function handleClick(event: Parameters<NonNullable<typeof onClick>>[0]) {
    onClick?.(event)
    if (requestsPhoneNumber) void openPhoneNumberSheet()
  }
  // Taro's button passes these to the DOM; its types do not declare them.
  const keyboard = {
    role: 'button',
    tabIndex: 0,
    'aria-disabled': rest.disabled === true,
    onKeyDown: clickOnKey,
  }
  return <PlainButton {...keyboard} {...toDomProps(rest)} onClick={handleClick} />
}

function clickOnKey(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'Enter' && event.key !== ' ') return
  event.preventDefault()
  event.currentTarget.click()
}
