import { Text, View } from '@tarojs/components'
import type { DeviceListState } from '../auth/device-store.ts'
import { errorMessage } from '../i18n/error-messages.ts'
import { useServices, useMessages } from '../services-context.ts'
import { DeviceRow } from './device-row.tsx'
import { EmptyState } from './empty-state.tsx'
import { useAccountMessages } from './use-account-messages.ts'

/** The member's devices, in each of the ways in which one can know them. */
export function DeviceList({ state }: { readonly state: DeviceListState }) {
  const { devices } = useServices()
  const words = useMessages()
  const { devices: account } = useAccountMessages()
  switch (state.status) {
    case 'loading':
      return <EmptyState text={{ title: account.loading, body: '' }} />
    case 'failed':
      return (
        <EmptyState
          isError
          text={errorMessage(words, state.error)}
          actionLabel={account.retry}
          onAction={() => void devices.load()}
        />
      )
    case 'loaded':
      return (
        <>
          <Text className="type-body soft page-intro">{account.intro}</Text>
          <View className="card rows">
            {state.sessions.map((device) => (
              <DeviceRow key={device.id} device={device} isEnding={state.isRevoking} />
            ))}
          </View>
          {state.sessions.length === 1 && (
            <View className="aside">
              <Text className="type-body strong">{account.onlyDevice.title}</Text>
              <Text className="type-note soft">{account.onlyDevice.body}</Text>
            </View>
          )}
        </>
      )
  }
}
