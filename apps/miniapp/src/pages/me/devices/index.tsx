import Taro from '@tarojs/taro'
import { useEffect } from 'react'
import { DeviceList } from '../../../account/device-list.tsx'
import { Note } from '../../../account/empty-state.tsx'
import { useAccountWords } from '../../../account/use-account-messages.ts'
import { useObserved } from '../../../lib/use-store.ts'
import { LoginPopup } from '../../../login/login-popup.tsx'
import { say } from '../../../platform/toast.ts'
import { useParts, useWords } from '../../../services-context.ts'
import { confirm } from '../../../ui/confirm.ts'
import { Tap } from '../../../ui/pressable.tsx'
import { Screen } from '../../../ui/screen.tsx'
import { usePull } from '../../../ui/use-pull-down-refresh.ts'
import { useTitle } from '../../../ui/use-title.ts'
import '../index.css'

/** Where one is logged in, and the way out of each place. */
export default function DevicesPage() {
  const { session, devices, login } = useParts()
  const { me } = useWords()
  const { devices: words } = useAccountWords()
  const state = useObserved(devices)
  const isGuest = useObserved(session).is === 'guest'
  useTitle(words.title)
  useEffect(() => {
    if (!isGuest) void devices.load()
  }, [devices, isGuest])
  usePull(async () => {
    if (!isGuest) await devices.load()
  })

  async function endAll() {
    if (!(await confirm({ ...words.askEndAll, yes: words.yes, no: words.no }))) return
    await devices.endAll()
    if (session.get().is !== 'guest') return
    say(me.loggedOut)
    void Taro.navigateBack()
  }

  if (isGuest) {
    return (
      <Screen className="me">
        <Note words={words.guest} deed={me.login} onTap={() => login.open('account')} />
        <LoginPopup interceptsBack />
      </Screen>
    )
  }
  return (
    <Screen className="me">
      <DeviceList state={state} />
      {state.is === 'list' && (
        <Tap className="button button-quiet" isDisabled={state.isEnding} onTap={() => void endAll()}>
          {words.endAll}
        </Tap>
      )}
    </Screen>
  )
}
