import Taro from '@tarojs/taro'
import { useEffect } from 'react'
import { DeviceList } from '../../../account/device-list.tsx'
import { EmptyState } from '../../../account/empty-state.tsx'
import { useAccountMessages } from '../../../account/use-account-messages.ts'
import { useStore } from '../../../lib/use-store.ts'
import { LoginPopup } from '../../../login/login-popup.tsx'
import { showToast } from '../../../platform/toast.ts'
import { useServices, useMessages } from '../../../services-context.ts'
import { confirm } from '../../../ui/confirm.ts'
import { Pressable } from '../../../ui/pressable.tsx'
import { Screen } from '../../../ui/screen.tsx'
import { usePull } from '../../../ui/use-pull-down-refresh.ts'
import { useTitle } from '../../../ui/use-title.ts'
import '../index.css'

/** Where one is logged in, and the way out of each place. */
export default function DevicesPage() {
  const { auth, devices, login } = useServices()
  const { me } = useMessages()
  const { devices: words } = useAccountMessages()
  const state = useStore(devices)
  const isGuest = useStore(auth).status === 'guest'
  useTitle(words.title)
  useEffect(() => {
    if (!isGuest) void devices.load()
  }, [devices, isGuest])
  usePull(async () => {
    if (!isGuest) await devices.load()
  })

  async function endAll() {
    if (!(await confirm({ ...words.confirmLogOutEverywhere, confirmText: words.yes, cancelText: words.no }))) return
    await devices.revokeAll()
    if (auth.get().status !== 'guest') return
    showToast(me.loggedOut)
    void Taro.navigateBack()
  }

  if (isGuest) {
    return (
      <Screen className="me">
        <EmptyState text={words.guest} actionLabel={me.login} onAction={() => login.open('account')} />
        <LoginPopup interceptsBack />
      </Screen>
    )
  }
  return (
    <Screen className="me">
      <DeviceList state={state} />
      {state.status === 'loaded' && (
        <Pressable className="button button-quiet" isDisabled={state.isRevoking} onTap={() => void endAll()}>
          {words.logOutEverywhere}
        </Pressable>
      )}
    </Screen>
  )
}
