import { Text, View } from '@tarojs/components'
import { Avatar } from '../avatar/avatar.tsx'
import { errorMessage } from '../i18n/error-messages.ts'
import { openPrivacyGuide } from '../platform/privacy-guide.ts'
import { showToast } from '../platform/toast.ts'
import { useMessages, useServices } from '../services-context.ts'
import { Pressable } from '../ui/pressable.tsx'
import { ConsentButton } from './consent-button.tsx'
import type { LoginPhase, LoginReason } from './login-store.ts'
import { PhoneButton } from './phone-button.tsx'

export interface LoginPromptProps {
  readonly reason: LoginReason
  readonly phase: Exclude<LoginPhase, { status: 'success' }>
}

/** The content of the login sheet until the login succeeds. */
export function LoginPrompt({ reason, phase }: LoginPromptProps) {
  const { login } = useServices()
  const messages = useMessages()
  // While no login has failed, the phone button is the action.
  const action = phase.status === 'failed' ? phase.recovery.action : 'tap'
  const error = phase.status === 'failed' ? errorMessage(messages, phase.error) : undefined
  const needsConsent = phase.status === 'consent'
  return (
    <>
      <Avatar className="login-avatar" nickName="" picture={null} />
      <View className="login-text" ariaRole={error ? 'alert' : 'none'}>
        <Text className="type-title">{error?.title ?? messages.login.title}</Text>
        <Text className="type-body muted">
          {error?.body ??
            (needsConsent ? messages.errors.phone['privacy-refused'].body : messages.login.reasons[reason])}
        </Text>
      </View>
      <PhoneButton phase={phase.status} isVisible={action === 'tap' && !needsConsent} />
      {needsConsent && <ConsentButton />}
      {(action === 'retry' || action === 'wait') && (
        <Pressable className="button button-main" isDisabled={action === 'wait'} onTap={login.retry}>
          {messages.login.recovery[action]}
        </Pressable>
      )}
      <Pressable
        className={action === 'dismiss' ? 'button button-quiet' : 'login-not-now'}
        onTap={login.dismiss}
      >
        {action === 'dismiss' ? messages.login.recovery.dismiss : messages.login.notNow}
      </Pressable>
      {action === 'tap' && <Agreement />}
    </>
  )
}

function Agreement() {
  const messages = useMessages()
  const [before, link, promise] = messages.login.agreement
  return (
    <Pressable
      className="login-agreement type-note muted"
      label={`${before}${link} ${promise}`}
      onTap={() => openPrivacyGuide(() => showToast(messages.me.privacyUnavailable))}
    >
      <View>
        <Text>{before}</Text>
        <Text className="link">{link}</Text>
      </View>
      <View>{promise}</View>
    </Pressable>
  )
}
