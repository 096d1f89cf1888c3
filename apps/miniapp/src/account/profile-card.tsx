import type { Member } from '@kinpass/contracts'
import { Text, View } from '@tarojs/components'
import type { AuthState } from '../auth/auth-store.ts'
import { Avatar } from '../avatar/avatar.tsx'
import { errorMessage } from '../i18n/error-messages.ts'
import { useMessages, useServices } from '../services-context.ts'
import { EmptyState } from './empty-state.tsx'

/** The signed-in member, or the state of the sign-in. */
export function ProfileCard({ state }: { readonly state: AuthState }) {
  const { login, auth } = useServices()
  const messages = useMessages()
  switch (state.status) {
    case 'signedIn':
      return <MemberCard member={state.member} />
    case 'restoring':
      return <EmptyState text={{ title: messages.me.restoring, body: '' }} />
    case 'unknown':
      return (
        <EmptyState
          isError
          text={errorMessage(messages, state.error)}
          actionLabel={messages.me.retry}
          onAction={() => void auth.restore()}
        />
      )
    case 'guest':
      return (
        <EmptyState
          text={messages.me.guest}
          actionLabel={messages.me.login}
          onAction={() => login.open('account')}
        />
      )
  }
}

function MemberCard({ member: { nickName, avatar, maskedPhone, joinedAt } }: { readonly member: Member }) {
  const { me } = useMessages()
  return (
    <View className="card profile">
      <Avatar className="profile-avatar" nickName={nickName} picture={avatar} />
      <Text className="type-title profile-name">{nickName}</Text>
      <View className="details">
        <Detail label={me.phone} value={maskedPhone} />
        <Detail label={me.since} value={me.sinceDate(new Date(joinedAt))} />
      </View>
    </View>
  )
}

function Detail({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <View className="detail">
      <Text className="type-note muted">{label}</Text>
      <Text className="type-body strong">{value}</Text>
    </View>
  )
}
