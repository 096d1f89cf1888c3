import { View } from '@tarojs/components'
import { LoginPopup } from '../../login/login-popup.tsx'
import { LanguageRow } from '../../profile/language-row.tsx'
import { ProfileCard } from '../../profile/profile-card.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Tap } from '../../ui/tap.tsx'
import { useTitle } from '../../ui/use-title.ts'
import { useObserved } from '../../use-observed.ts'
import { useParts, useWords } from '../../use-parts.ts'
import { openPrivacyGuide } from '../../wechat/open-privacy-guide.ts'
import { say } from '../../wechat/say.ts'
import './index.css'

/** One's own page: who one is, the language, the privacy guide, the way out. */
export default function Me() {
  const { session } = useParts()
  const { me: words } = useWords()
  const who = useObserved(session)
  useTitle(words.title)

  function logOut() {
    session.leave()
    say(words.loggedOut)
  }

  return (
    <Screen className="me">
      <ProfileCard who={who} />
      <View className="card rows">
        <LanguageRow />
        <Tap className="row" onTap={() => openPrivacyGuide(() => say(words.privacyUnread))}>
          <View className="row-words">{words.privacy}</View>
          <View className="row-arrow" />
        </Tap>
      </View>
      {who.is !== 'guest' && (
        <Tap className="button button-quiet" onTap={logOut}>
          {words.logout}
        </Tap>
      )}
      <LoginPopup />
    </Screen>
  )
}
