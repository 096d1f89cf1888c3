import { View } from '@tarojs/components'
import { LanguageRow } from '../../account/language-row.tsx'
import { LinkRow } from '../../account/link-row.tsx'
import { ProfileCard } from '../../account/profile-card.tsx'
import { useStore } from '../../lib/use-store.ts'
import { LoginPopup } from '../../login/login-popup.tsx'
import { showToast } from '../../platform/toast.ts'
import { useMessages, useServices } from '../../services-context.ts'
import { Pressable } from '../../ui/pressable.tsx'
import { Screen } from '../../ui/screen.tsx'
import { usePullDownRefresh } from '../../ui/use-pull-down-refresh.ts'
import { useTitle } from '../../ui/use-title.ts'
import './index.css'

/** The account page: profile, language, devices, privacy and log out. */
export default function Me() {
  const { auth } = useServices()
  const { me: messages } = useMessages()
  const authState = useStore(auth)
  useTitle(messages.title)
  usePullDownRefresh(auth.refresh)

  function logOut() {
    auth.signOut()
    showToast(messages.loggedOut)
  }

  return (
    <Screen className="me">
      <ProfileCard state={authState} />
      <View className="card rows">
        <LanguageRow />
        {authState.status !== 'guest' && <LinkRow to="devices" label={messages.devices} />}
        <LinkRow to="about" label={messages.about} />
      </View>
      {authState.status !== 'guest' && (
        <Pressable className="button button-quiet" onTap={logOut}>
          {messages.logout}
        </Pressable>
      )}
      <LoginPopup interceptsBack />
    </Screen>
  )
}
