import type { Member } from '@kinpass/contracts'
import { Text, View } from '@tarojs/components'
import type { AuthState } from '../auth/auth-store.ts'
import { Avatar } from '../avatar/avatar.tsx'
import { errorMessage } from '../i18n/error-messages.ts'
import { useServices, useMessages } from '../services-context.ts'
import { EmptyState } from './empty-state.tsx'

/** Who is there, in each of the ways in which one can be there. */
export function ProfileCard({ state }: { readonly state: AuthState }) {
  const { login, auth } = useServices()
  const words = useMessages()
  switch (state.status) {
    case 'signedIn':
      return <MemberCard member={state.member} />
    case 'restoring':
      return <EmptyState text={{ title: words.me.restoring, body: '' }} />
    case 'unknown':
      return (
        <EmptyState
          isError
          text={errorMessage(words, state.error)}
          actionLabel={words.me.retry}
          onAction={() => void auth.restore()}
        />
      )
    case 'guest':
      return <EmptyState text={words.me.guest} actionLabel={words.me.login} onAction={() => login.open('account')} />
  }
}

function MemberCard({ member: { nickName, avatar, maskedPhone, joinedAt } }: { readonly member: Member }) {
  const { me } = useMessages()
  return (
    <View className="card profile">
      <Avatar className="profile-avatar" nickName={nickName} picture={avatar} />
      <Text className="type-title profile-name">{nickName}</Text>
      <View className="facts">
        <Detail label={me.phone} value={maskedPhone} />
        <Detail label={me.since} value={me.sinceDate(new Date(joinedAt))} />
      </View>
    </View>
  )
}

function Detail({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <View className="fact">
      <Text className="type-note soft">{label}</Text>
      <Text className="type-body strong">{value}</Text>
    </View>
  )
}
