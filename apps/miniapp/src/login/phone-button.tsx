import { Button, type ButtonProps } from '@tarojs/components'
import { readPhoneAnswer } from '../errors/phone-result.ts'
import { useParts, useWords } from '../services-context.ts'
import type { LoginPhase } from './login-store.ts'
import { phoneOpenType } from './phone-open-type.ts'

export interface PhoneButtonProps {
  readonly phase: Exclude<LoginPhase['is'], 'welcome'>
  /** Out of sight it stays where it is: WeChat answers to the very button that was tapped. */
  readonly isOffered: boolean
}

/** WeChat's own phone button. Only a tap on it opens WeChat's sheet; no code can. */
export function PhoneButton({ phase, isOffered }: PhoneButtonProps) {
  const { login, system } = useParts()
  const { login: words } = useWords()
  const label = {
    inviting: words.button,
    asking: words.asking,
    consenting: words.asking,
    entering: words.entering,
    stopped: words.next.tap,
  }[phase]
  const onAnswer: NonNullable<ButtonProps['onGetPhoneNumber']> = ({ detail }) =>
    login.answered(readPhoneAnswer(detail))
  return (
    <Button
      className={`tap button button-wechat ${isOffered ? '' : 'gone'} ${phase === 'entering' ? 'is-busy' : ''}`}
      hoverClass="tap-pressed"
      openType={phoneOpenType(system.sdkVersion)}
      disabled={phase === 'asking' || phase === 'consenting' || phase === 'entering'}
      ariaRole="button"
      ariaLabel={label}
      onClick={login.tapped}
      onGetPhoneNumber={onAnswer}
    >
      {label}
    </Button>
  )
}
