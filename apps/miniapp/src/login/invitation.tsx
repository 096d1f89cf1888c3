import { Text, View } from '@tarojs/components'
import { Avatar } from '../avatar/avatar.tsx'
import type { Recovery } from '../errors/recovery.ts'
import { errorMessage } from '../i18n/error-messages.ts'
import { openPrivacyGuide } from '../platform/privacy-guide.ts'
import { showToast } from '../platform/toast.ts'
import { useServices, useMessages } from '../services-context.ts'
import { Pressable } from '../ui/pressable.tsx'
import { ConsentButton } from './consent-button.tsx'
import type { LoginPhase, LoginReason } from './login-store.ts'
import { PhoneButton } from './phone-button.tsx'

export interface InvitationProps {
  readonly reason: LoginReason
  readonly phase: Exclude<LoginPhase, { status: 'success' }>
}

/** What the sheet says and offers until the person is in. */
export function Invitation({ reason, phase }: InvitationProps) {
  const { login } = useServices()
  const words = useMessages()
  const next = nextStepOf(phase)
  const trouble = phase.status === 'failed' ? errorMessage(words, phase.error) : undefined
  const isConsenting = phase.status === 'consent'
  return (
    <>
      <Avatar className="login-fruit" nickName="" picture={null} />
      <View className="login-words" ariaRole={trouble ? 'alert' : 'none'}>
        <Text className="type-title">{trouble?.title ?? words.login.title}</Text>
        <Text className="type-body soft">
          {trouble?.body ??
            (isConsenting ? words.errors.phone['privacy-refused'].body : words.login.reasons[reason])}
        </Text>
      </View>
      <PhoneButton phase={phase.status} isOffered={next === 'tap' && !isConsenting} />
      {isConsenting && <ConsentButton />}
      {(next === 'retry' || next === 'wait') && (
        <Pressable className="button button-main" isDisabled={next === 'wait'} onTap={login.retry}>
          {words.login.recovery[next]}
        </Pressable>
      )}
      <Pressable className={next === 'dismiss' ? 'button button-quiet' : 'login-not-now'} onTap={login.dismiss}>
        {next === 'dismiss' ? words.login.browseOn : words.login.notNow}
      </Pressable>
      {next === 'tap' && <Agreement />}
    </>
  )
}

/** The phone button is the next step until something else is. */
function nextStepOf(phase: InvitationProps['phase']): Recovery['action'] {
  return phase.status === 'failed' ? phase.recovery.action : 'tap'
}

function Agreement() {
  const words = useMessages()
  const [before, link, promise] = words.login.agreement
  return (
    <Pressable
      className="login-agreement type-note soft"
      label={`${before}${link} ${promise}`}
      onTap={() => openPrivacyGuide(() => showToast(words.me.privacyUnavailable))}
    >
      <View>
        <Text>{before}</Text>
        <Text className="link">{link}</Text>
      </View>
      <View>{promise}</View>
    </Pressable>
  )
}
