import { Button, type ButtonProps } from '@tarojs/components'
import { parsePhoneResult } from '../errors/phone-result.ts'
import { useServices, useMessages } from '../services-context.ts'
import type { LoginPhase } from './login-store.ts'
import { getPhoneOpenType } from './phone-open-type.ts'

export interface PhoneButtonProps {
  readonly phase: Exclude<LoginPhase['status'], 'success'>
  /** Out of sight it stays where it is: WeChat answers to the very button that was tapped. */
  readonly isOffered: boolean
}

/** WeChat's own phone button. Only a tap on it opens WeChat's sheet; no code can. */
export function PhoneButton({ phase, isOffered }: PhoneButtonProps) {
  const { login, system } = useServices()
  const { login: words } = useMessages()
  const label = {
    idle: words.button,
    prompting: words.prompting,
    consent: words.prompting,
    submitting: words.submitting,
    failed: words.recovery.tap,
  }[phase]
  const onAnswer: NonNullable<ButtonProps['onGetPhoneNumber']> = ({ detail }) =>
    login.handlePhoneResult(parsePhoneResult(detail))
  return (
    <Button
      className={`tap button button-wechat ${isOffered ? '' : 'gone'} ${phase === 'submitting' ? 'is-busy' : ''}`}
      hoverClass="tap-pressed"
      openType={getPhoneOpenType(system.sdkVersion)}
      disabled={phase === 'prompting' || phase === 'consent' || phase === 'submitting'}
      ariaRole="button"
      ariaLabel={label}
      onClick={login.handleTap}
      onGetPhoneNumber={onAnswer}
    >
      {label}
    </Button>
  )
}
