import type { Session } from '@kinpass/contracts'
import { Text, View } from '@tarojs/components'
import { say } from '../platform/toast.ts'
import { useParts } from '../services-context.ts'
import { confirm } from '../ui/confirm.ts'
import { Tap } from '../ui/pressable.tsx'
import { lastUse } from './last-used.ts'
import { useAccountWords } from './use-account-messages.ts'

export interface DeviceRowProps {
  readonly device: Session
  readonly isEnding: boolean
}

/** One place where the member is logged in. */
export function DeviceRow({ device, isEnding }: DeviceRowProps) {
  const { devices, clock } = useParts()
  const { devices: words } = useAccountWords()
  const name = device.deviceName ?? words.unnamed

  async function end() {
    if (!(await confirm({ ...words.askEnd(name), yes: words.yes, no: words.no }))) return
    await devices.end(device.id)
    if (devices.get().is === 'list') say(words.ended)
  }

  return (
    <View className="row row-tall device">
      <View className="row-words">
        <Text className="type-body strong device-name">{name}</Text>
        <Text className="type-note soft">{words.lastUse(lastUse(new Date(device.lastUsedAt), clock()))}</Text>
      </View>
      {device.isCurrent ? (
        <Text className="mark">{words.thisOne}</Text>
      ) : (
        <Tap
          className="button-quiet device-end"
          label={words.endOf(name)}
          isDisabled={isEnding}
          onTap={() => void end()}
        >
          {words.end}
        </Tap>
      )}
    </View>
  )
}
