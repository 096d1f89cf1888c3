import { View } from '@tarojs/components'
import { LanguageRow } from '../../account/language-row.tsx'
import { LinkRow } from '../../account/link-row.tsx'
import { ProfileCard } from '../../account/profile-card.tsx'
import { useObserved } from '../../lib/use-store.ts'
import { LoginPopup } from '../../login/login-popup.tsx'
import { say } from '../../platform/toast.ts'
import { useParts, useWords } from '../../services-context.ts'
import { Tap } from '../../ui/pressable.tsx'
import { Screen } from '../../ui/screen.tsx'
import { usePull } from '../../ui/use-pull-down-refresh.ts'
import { useTitle } from '../../ui/use-title.ts'
import './index.css'

/** One's own page: who one is, the language, the ways to one's devices and to what we keep, the way out. */
export default function Me() {
  const { session } = useParts()
  const { me: words } = useWords()
  const who = useObserved(session)
  useTitle(words.title)
  usePull(session.refresh)

  function logOut() {
    session.leave()
    say(words.loggedOut)
  }

  return (
    <Screen className="me">
      <ProfileCard who={who} />
      <View className="card rows">
        <LanguageRow />
        {who.is !== 'guest' && <LinkRow to="devices" words={words.devices} />}
        <LinkRow to="about" words={words.about} />
      </View>
      {who.is !== 'guest' && (
        <Tap className="button button-quiet" onTap={logOut}>
          {words.logout}
        </Tap>
      )}
      <LoginPopup interceptsBack />
    </Screen>
  )
}
