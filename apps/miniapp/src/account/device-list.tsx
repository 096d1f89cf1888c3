import { Text, View } from '@tarojs/components'
import type { DeviceListState } from '../auth/device-store.ts'
import { errorMessage } from '../i18n/error-messages.ts'
import { useMessages, useServices } from '../services-context.ts'
import { DeviceRow } from './device-row.tsx'
import { EmptyState } from './empty-state.tsx'
import { useAccountMessages } from './use-account-messages.ts'

/** The member's devices, or the state of their request. */
export function DeviceList({ state }: { readonly state: DeviceListState }) {
  const { devices } = useServices()
  const messages = useMessages()
  const { devices: accountMessages } = useAccountMessages()
  switch (state.status) {
    case 'loading':
      return <EmptyState text={{ title: accountMessages.loading, body: '' }} />
    case 'failed':
      return (
        <EmptyState
          isError
          text={errorMessage(messages, state.error)}
          actionLabel={messages.me.retry}
          onAction={() => void devices.load()}
        />
      )
    case 'loaded':
      return (
        <>
          <Text className="type-body muted page-intro">{accountMessages.intro}</Text>
          <View className="card rows">
            {state.sessions.map((device) => (
              <DeviceRow key={device.id} device={device} isRevoking={state.isRevoking} />
            ))}
          </View>
          {state.sessions.length === 1 && (
            <View className="aside">
              <Text className="type-body strong">{accountMessages.onlyDevice.title}</Text>
              <Text className="type-note muted">{accountMessages.onlyDevice.body}</Text>
            </View>
          )}
        </>
      )
  }
}
