import Taro from '@tarojs/taro'
import { useEffect } from 'react'
import { DeviceList } from '../../../account/device-list.tsx'
import { EmptyState } from '../../../account/empty-state.tsx'
import { useAccountMessages } from '../../../account/use-account-messages.ts'
import { useStore } from '../../../lib/use-store.ts'
import { LoginPopup } from '../../../login/login-popup.tsx'
import { showToast } from '../../../platform/toast.ts'
import { useMessages, useServices } from '../../../services-context.ts'
import { confirm } from '../../../ui/confirm.ts'
import { Pressable } from '../../../ui/pressable.tsx'
import { Screen } from '../../../ui/screen.tsx'
import { usePullDownRefresh } from '../../../ui/use-pull-down-refresh.ts'
import { useTitle } from '../../../ui/use-title.ts'
import '../index.css'

/** The devices with a session of the member, which can be logged out one by one or all at once. */
export default function DevicesPage() {
  const { auth, devices, login } = useServices()
  const { me } = useMessages()
  const { devices: messages } = useAccountMessages()
  const state = useStore(devices)
  const isGuest = useStore(auth).status === 'guest'
  useTitle(messages.title)
  useEffect(() => {
    if (!isGuest) void devices.load()
  }, [devices, isGuest])
  usePullDownRefresh(async () => {
    if (!isGuest) await devices.load()
  })

  async function logOutEverywhere() {
    if (
      !(await confirm({
        ...messages.confirmLogOutEverywhere,
        confirmText: messages.yes,
        cancelText: messages.no,
      }))
    )
      return
    await devices.revokeAll()
    if (auth.get().status !== 'guest') return
    showToast(me.loggedOut)
    void Taro.navigateBack()
  }

  if (isGuest) {
    return (
      <Screen className="me">
        <EmptyState text={messages.guest} actionLabel={me.login} onAction={() => login.open('account')} />
        <LoginPopup interceptsBack />
      </Screen>
    )
  }
  return (
    <Screen className="me">
      <DeviceList state={state} />
      {state.status === 'loaded' && (
        <Pressable
          className="button button-quiet"
          isDisabled={state.isRevoking}
          onTap={() => void logOutEverywhere()}
        >
          {messages.logOutEverywhere}
        </Pressable>
      )}
    </Screen>
  )
}
