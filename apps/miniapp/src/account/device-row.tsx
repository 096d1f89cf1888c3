import type { ActiveSession } from '@kinpass/contracts'
import { Text, View } from '@tarojs/components'
import { showToast } from '../platform/toast.ts'
import { useServices } from '../services-context.ts'
import { confirm } from '../ui/confirm.ts'
import { Pressable } from '../ui/pressable.tsx'
import { toLastUse } from './last-used.ts'
import { useAccountMessages } from './use-account-messages.ts'

export interface DeviceRowProps {
  readonly device: ActiveSession
  readonly isEnding: boolean
}

/** One place where the member is logged in. */
export function DeviceRow({ device, isEnding }: DeviceRowProps) {
  const { devices, clock } = useServices()
  const { devices: words } = useAccountMessages()
  const name = device.deviceName ?? words.unnamedDevice

  async function end() {
    if (!(await confirm({ ...words.confirmLogOut(name), confirmText: words.yes, cancelText: words.no }))) return
    await devices.revoke(device.id)
    if (devices.get().status === 'loaded') showToast(words.loggedOut)
  }

  return (
    <View className="row row-tall device">
      <View className="row-words">
        <Text className="type-body strong device-name">{name}</Text>
        <Text className="type-note soft">{words.lastUsed(toLastUse(new Date(device.lastUsedAt), clock()))}</Text>
      </View>
      {device.isCurrent ? (
        <Text className="mark">{words.currentDevice}</Text>
      ) : (
        <Pressable
          className="button-quiet device-end"
          label={words.logOutLabel(name)}
          isDisabled={isEnding}
          onTap={() => void end()}
        >
          {words.logOut}
        </Pressable>
      )}
    </View>
  )
}
