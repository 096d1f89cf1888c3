import { RootPortal, View } from '@tarojs/components'
import { useStore } from '../lib/use-store.ts'
import { useServices, useMessages } from '../services-context.ts'
import { InterceptBack } from '../ui/intercept-back.tsx'
import { Screen } from '../ui/screen.tsx'
import { usePageVisible } from '../ui/use-page-visible.ts'
import { Invitation } from './invitation.tsx'
import { Welcome } from './welcome.tsx'
import './login-popup.css'

export interface LoginPopupProps {
  /** Whether going back closes the sheet and stays on the page. WeChat allows it once per page. */
  readonly interceptsBack?: boolean
}

/** The login sheet. Each page that may need it renders one; the one on top shows it. */
export function LoginPopup({ interceptsBack = false }: LoginPopupProps) {
  const { login, system } = useServices()
  const { login: words } = useMessages()
  const state = useStore(login)
  const isShown = usePageVisible()
  if (state.sheet === 'closed' || !isShown) return null
  const { reason, phase } = state
  // Only large type can outgrow the smallest phone. Otherwise no finger on the sheet moves the page below.
  const mayScroll = system.typeScale > 1
  return (
    <>
      <RootPortal>
        <Screen className={`login login-${state.sheet}`}>
          <View className="login-mask" catchMove ariaHidden onClick={login.dismiss} />
          <View className="login-sheet" catchMove={!mayScroll} ariaRole="dialog" ariaLabel={words.title}>
            <View className="login-handle" />
            <View className="login-content">
              {phase.status === 'success' ? (
                <Welcome nickName={phase.nickName} isNew={phase.isNew} />
              ) : (
                <Invitation reason={reason} phase={phase} />
              )}
            </View>
          </View>
        </Screen>
      </RootPortal>
      {interceptsBack && state.sheet === 'open' && <InterceptBack onBack={login.dismiss} />}
    </>
  )
}
