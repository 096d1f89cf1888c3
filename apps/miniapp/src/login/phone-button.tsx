import { Button, type ButtonProps } from '@tarojs/components'
import { parsePhoneResult } from '../errors/phone-result.ts'
import { useMessages, useServices } from '../services-context.ts'
import type { LoginPhase } from './login-store.ts'
import { getPhoneOpenType } from './phone-open-type.ts'

export interface PhoneButtonProps {
  readonly phase: Exclude<LoginPhase['status'], 'success'>
  /** A hidden button stays mounted: WeChat sends the result to the button that was tapped. */
  readonly isVisible: boolean
}

/** WeChat's phone button: only a tap on it opens WeChat's phone number sheet. */
export function PhoneButton({ phase, isVisible }: PhoneButtonProps) {
  const { login, system } = useServices()
  const { login: messages } = useMessages()
  const label = {
    idle: messages.button,
    prompting: messages.prompting,
    consent: messages.prompting,
    submitting: messages.submitting,
    failed: messages.recovery.tap,
  }[phase]
  const onPhoneResult: NonNullable<ButtonProps['onGetPhoneNumber']> = ({ detail }) =>
    login.handlePhoneResult(parsePhoneResult(detail))
  return (
    <Button
      className={`pressable button button-wechat ${isVisible ? '' : 'hidden'} ${phase === 'submitting' ? 'is-busy' : ''}`}
      hoverClass="pressed"
      openType={getPhoneOpenType(system.sdkVersion)}
      disabled={phase === 'prompting' || phase === 'consent' || phase === 'submitting'}
      ariaRole="button"
      ariaLabel={label}
      onClick={login.handleTap}
      onGetPhoneNumber={onPhoneResult}
    >
      {label}
    </Button>
  )
}
