import { RootPortal, View } from '@tarojs/components'
import { useStore } from '../lib/use-store.ts'
import { useMessages, useServices } from '../services-context.ts'
import { InterceptBack } from '../ui/intercept-back.tsx'
import { Screen } from '../ui/screen.tsx'
import { usePageVisible } from '../ui/use-page-visible.ts'
import { LoginPrompt } from './login-prompt.tsx'
import { Welcome } from './welcome.tsx'
import './login-popup.css'

export interface LoginPopupProps {
  /** Whether the back button closes the sheet instead of the page. WeChat allows it once per page. */
  readonly interceptsBack?: boolean
}

/** The login sheet. Every page that opens it renders one; only the visible page shows it. */
export function LoginPopup({ interceptsBack = false }: LoginPopupProps) {
  const { login, system } = useServices()
  const { login: messages } = useMessages()
  const state = useStore(login)
  const isVisible = usePageVisible()
  if (state.sheet === 'closed' || !isVisible) return null
  const { reason, phase } = state
  // Only scaled text can exceed the smallest screen. A sheet that does not scroll must not scroll the page below.
  const canScroll = system.typeScale > 1
  return (
    <>
      <RootPortal>
        <Screen className={`login login-${state.sheet}`}>
          <View className="login-mask" catchMove ariaHidden onClick={login.dismiss} />
          <View className="login-sheet" catchMove={!canScroll} ariaRole="dialog" ariaLabel={messages.title}>
            <View className="login-handle" />
            <View className="login-content">
              {phase.status === 'success' ? (
                <Welcome nickName={phase.nickName} isNew={phase.isNew} />
              ) : (
                <LoginPrompt reason={reason} phase={phase} />
              )}
            </View>
          </View>
        </Screen>
      </RootPortal>
      {interceptsBack && state.sheet === 'open' && <InterceptBack onBack={login.dismiss} />}
    </>
  )
}
