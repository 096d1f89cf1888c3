import { Text, View } from '@tarojs/components'
import { Avatar } from '../avatar/avatar.tsx'
import type { NextStep } from '../errors/recovery.ts'
import { troubleCopy } from '../i18n/error-messages.ts'
import { openPrivacyGuide } from '../platform/privacy-guide.ts'
import { say } from '../platform/toast.ts'
import { useParts, useWords } from '../services-context.ts'
import { Tap } from '../ui/pressable.tsx'
import { ConsentButton } from './consent-button.tsx'
import type { LoginPhase, LoginReason } from './login-store.ts'
import { PhoneButton } from './phone-button.tsx'

export interface InvitationProps {
  readonly reason: LoginReason
  readonly phase: Exclude<LoginPhase, { is: 'welcome' }>
}

/** What the sheet says and offers until the person is in. */
export function Invitation({ reason, phase }: InvitationProps) {
  const { login } = useParts()
  const words = useWords()
  const next = nextStepOf(phase)
  const trouble = phase.is === 'stopped' ? troubleCopy(words, phase.trouble) : undefined
  const isConsenting = phase.is === 'consenting'
  return (
    <>
      <Avatar className="login-fruit" nickName="" picture={null} />
      <View className="login-words" ariaRole={trouble ? 'alert' : 'none'}>
        <Text className="type-title">{trouble?.title ?? words.login.title}</Text>
        <Text className="type-body soft">
          {trouble?.body ??
            (isConsenting ? words.troubles.phone['privacy-refused'].body : words.login.reasons[reason])}
        </Text>
      </View>
      <PhoneButton phase={phase.is} isOffered={next === 'tap' && !isConsenting} />
      {isConsenting && <ConsentButton />}
      {(next === 'send' || next === 'wait') && (
        <Tap className="button button-main" isDisabled={next === 'wait'} onTap={login.sendAgain}>
          {words.login.next[next]}
        </Tap>
      )}
      <Tap className={next === 'leave' ? 'button button-quiet' : 'login-not-now'} onTap={login.dismiss}>
        {next === 'leave' ? words.login.browseOn : words.login.notNow}
      </Tap>
      {next === 'tap' && <Agreement />}
    </>
  )
}

/** The phone button is the next step until something else is. */
function nextStepOf(phase: InvitationProps['phase']): NextStep['do'] {
  return phase.is === 'stopped' ? phase.next.do : 'tap'
}

function Agreement() {
  const words = useWords()
  const [before, link, promise] = words.login.agreement
  return (
    <Tap
      className="login-agreement type-note soft"
      label={`${before}${link} ${promise}`}
      onTap={() => openPrivacyGuide(() => say(words.me.privacyUnread))}
    >
      <View>
        <Text>{before}</Text>
        <Text className="link">{link}</Text>
      </View>
      <View>{promise}</View>
    </Tap>
  )
}
