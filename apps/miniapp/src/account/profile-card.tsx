import type { Member } from '@kinpass/contracts'
import { Text, View } from '@tarojs/components'
import type { SessionState } from '../auth/auth-store.ts'
import { Avatar } from '../avatar/avatar.tsx'
import { troubleCopy } from '../i18n/error-messages.ts'
import { useParts, useWords } from '../services-context.ts'
import { Note } from './empty-state.tsx'

/** Who is there, in each of the ways in which one can be there. */
export function ProfileCard({ who }: { readonly who: SessionState }) {
  const { login, session } = useParts()
  const words = useWords()
  switch (who.is) {
    case 'member':
      return <MemberCard member={who.member} />
    case 'returning':
      return <Note words={{ title: words.me.returning, body: '' }} />
    case 'unreached':
      return (
        <Note
          isTrouble
          words={troubleCopy(words, who.trouble)}
          deed={words.me.again}
          onTap={() => void session.resume()}
        />
      )
    case 'guest':
      return <Note words={words.me.guest} deed={words.me.login} onTap={() => login.open('account')} />
  }
}

function MemberCard({ member: { nickName, avatar, maskedPhone, joinedAt } }: { readonly member: Member }) {
  const { me } = useWords()
  return (
    <View className="card profile">
      <Avatar className="profile-avatar" nickName={nickName} picture={avatar} />
      <Text className="type-title profile-name">{nickName}</Text>
      <View className="facts">
        <Fact name={me.phone} value={maskedPhone} />
        <Fact name={me.since} value={me.sinceDate(new Date(joinedAt))} />
      </View>
    </View>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <View className="fact">
      <Text className="type-note soft">{name}</Text>
      <Text className="type-body strong">{value}</Text>
    </View>
  )
}
