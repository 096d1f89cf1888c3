import { Text, View } from '@tarojs/components'
import type { DevicesState } from '../auth/device-store.ts'
import { troubleCopy } from '../i18n/error-messages.ts'
import { useParts, useWords } from '../services-context.ts'
import { DeviceRow } from './device-row.tsx'
import { Note } from './empty-state.tsx'
import { useAccountWords } from './use-account-messages.ts'

/** The member's devices, in each of the ways in which one can know them. */
export function DeviceList({ state }: { readonly state: DevicesState }) {
  const { devices } = useParts()
  const words = useWords()
  const { devices: account } = useAccountWords()
  switch (state.is) {
    case 'loading':
      return <Note words={{ title: account.loading, body: '' }} />
    case 'trouble':
      return (
        <Note
          isTrouble
          words={troubleCopy(words, state.trouble)}
          deed={account.again}
          onTap={() => void devices.load()}
        />
      )
    case 'list':
      return (
        <>
          <Text className="type-body soft page-intro">{account.intro}</Text>
          <View className="card rows">
            {state.sessions.map((device) => (
              <DeviceRow key={device.id} device={device} isEnding={state.isEnding} />
            ))}
          </View>
          {state.sessions.length === 1 && (
            <View className="aside">
              <Text className="type-body strong">{account.onlyThis.title}</Text>
              <Text className="type-note soft">{account.onlyThis.body}</Text>
            </View>
          )}
        </>
      )
  }
}
