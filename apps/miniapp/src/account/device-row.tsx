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
  readonly isRevoking: boolean
}

/** A device with a session of the member. */
export function DeviceRow({ device, isRevoking }: DeviceRowProps) {
  const { devices, clock } = useServices()
  const { devices: messages } = useAccountMessages()
  const name = device.deviceName ?? messages.unnamedDevice

  async function revoke() {
    if (
      !(await confirm({
        ...messages.confirmLogOut(name),
        confirmText: messages.yes,
        cancelText: messages.no,
      }))
    )
      return
    await devices.revoke(device.id)
    if (devices.get().status === 'loaded') showToast(messages.loggedOut)
  }

  return (
    <View className="row row-tall device">
      <View className="row-text">
        <Text className="type-body strong device-name">{name}</Text>
        <Text className="type-note muted">
          {messages.lastUsed(toLastUse(new Date(device.lastUsedAt), clock()))}
        </Text>
      </View>
      {device.isCurrent ? (
        <Text className="badge">{messages.currentDevice}</Text>
      ) : (
        <Pressable
          className="button-quiet device-revoke"
          label={messages.logOutLabel(name)}
          isDisabled={isRevoking}
          onTap={() => void revoke()}
        >
          {messages.logOut}
        </Pressable>
      )}
    </View>
  )
}
