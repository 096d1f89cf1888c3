import { View } from '@tarojs/components'
import { LanguageRow } from '../../account/language-row.tsx'
import { LinkRow } from '../../account/link-row.tsx'
import { ProfileCard } from '../../account/profile-card.tsx'
import { useStore } from '../../lib/use-store.ts'
import { LoginPopup } from '../../login/login-popup.tsx'
import { showToast } from '../../platform/toast.ts'
import { useServices, useMessages } from '../../services-context.ts'
import { Pressable } from '../../ui/pressable.tsx'
import { Screen } from '../../ui/screen.tsx'
import { usePull } from '../../ui/use-pull-down-refresh.ts'
import { useTitle } from '../../ui/use-title.ts'
import './index.css'

/** One's own page: who one is, the language, the ways to one's devices and to what we keep, the way out. */
export default function Me() {
  const { auth } = useServices()
  const { me: words } = useMessages()
  const who = useStore(auth)
  useTitle(words.title)
  usePull(auth.refresh)

  function logOut() {
    auth.signOut()
    showToast(words.loggedOut)
  }

  return (
    <Screen className="me">
      <ProfileCard state={who} />
      <View className="card rows">
        <LanguageRow />
        {who.status !== 'guest' && <LinkRow to="devices" label={words.devices} />}
        <LinkRow to="about" label={words.about} />
      </View>
      {who.status !== 'guest' && (
        <Pressable className="button button-quiet" onTap={logOut}>
          {words.logout}
        </Pressable>
      )}
      <LoginPopup interceptsBack />
    </Screen>
  )
}
