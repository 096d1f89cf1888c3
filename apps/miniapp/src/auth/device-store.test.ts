import type { ActiveSession } from '@kinpass/contracts'
import { expect, test } from 'vitest'
import { flushPromises } from '../lib/_fake-timers.ts'
import { createAuthHarness } from './_auth-harness.ts'
import { createDeviceStore } from './device-store.ts'

function activeSession(id: string, isCurrent = false): ActiveSession {
  const at = '2026-01-02T03:04:05.000Z'
  return { id, deviceName: 'iPhone 13', startedAt: at, lastUsedAt: at, isCurrent }
}
const [current, tablet, lostPhone] = [activeSession('1', true), activeSession('2'), activeSession('3')]

function createDevicesHarness() {
  const tab = createAuthHarness().openSignedIn()
  const devices = createDeviceStore(tab)
  return {
    ...tab,
    devices,
    /** Loads the list. */
    load: async (...sessions: ActiveSession[]) => {
      void devices.load()
      await flushPromises()
      await tab.call('listSessions').respond({ sessions })
    },
  }
}
const loaded = (...sessions: ActiveSession[]) => ({ status: 'loaded', sessions, isRevoking: false })

test('the device list is loaded', async () => {
  const { devices, load, call } = createDevicesHarness()
  expect(devices.get()).toEqual({ status: 'loading' })
  await load(current, tablet)
  expect(call('listSessions').input).toBe('token 0')
  expect(devices.get()).toEqual(loaded(current, tablet))
})

test('a device list that fails to load has an error and can be loaded again', async () => {
  const { devices, call } = createDevicesHarness()
  void devices.load()
  await flushPromises()
  await call('listSessions').lose()
  expect(devices.get()).toEqual({ status: 'failed', error: { source: 'network', reason: 'offline' } })
  void devices.load()
  await flushPromises()
  await call('listSessions', 2).respond({ sessions: [current] })
  expect(devices.get()).toEqual(loaded(current))
})

test('the response to the latest of two concurrent loads wins', async () => {
  const { devices, call } = createDevicesHarness()
  void devices.load()
  void devices.load()
  await flushPromises()
  await call('listSessions', 2).respond({ sessions: [current] })
  await call('listSessions').respond({ sessions: [current, tablet] })
  expect(devices.get()).toEqual(loaded(current))
})

test('revoking a session loads the list again', async () => {
  const { devices, load, calls, call } = createDevicesHarness()
  await load(current, tablet, lostPhone)
  void devices.revoke('3')
  void devices.revoke('3')
  await flushPromises()
  expect(devices.get()).toEqual({ ...loaded(current, tablet, lostPhone), isRevoking: true })
  expect(calls.filter(({ name }) => name === 'revoke')).toHaveLength(1)
  await call('revoke').respond({})
  await call('listSessions', 2).respond({ sessions: [current, tablet] })
  expect(devices.get()).toEqual(loaded(current, tablet))
})

test('revoking another session keeps the member signed in', async () => {
  const { devices, load, call, auth } = createDevicesHarness()
  await load(current, tablet)
  void devices.revoke('2')
  await flushPromises()
  expect(call('revoke').input).toBe('token 0')
  await call('revoke').respond({})
  expect(auth.get().status).not.toBe('guest')
})

test('a revocation that fails has an error', async () => {
  const { devices, load, call } = createDevicesHarness()
  await load(current, tablet)
  void devices.revoke('2')
  await flushPromises()
  await call('revoke').lose('timeout')
  expect(devices.get()).toEqual({ status: 'failed', error: { source: 'network', reason: 'timeout' } })
})

test('revoking the current session signs out', async () => {
  const { devices, load, call, auth, tokens } = createDevicesHarness()
  await load(current, tablet)
  await devices.revoke('1')
  expect(auth.get()).toEqual({ status: 'guest' })
  expect(tokens.isSignedOut()).toBe(true)
  expect(call('logout').input).toBe('token 0')
})

test('revoking all sessions signs out once the server has revoked them', async () => {
  const { devices, load, call, names, auth, tokens } = createDevicesHarness()
  await load(current, tablet)
  void devices.revokeAll()
  await flushPromises()
  expect(auth.get().status).not.toBe('guest')
  await call('logoutEverywhere').respond({})
  expect(auth.get()).toEqual({ status: 'guest' })
  expect(tokens.isSignedOut()).toBe(true)
  expect(names()).toEqual(['listSessions', 'logoutEverywhere'])
})

test('a failed revocation of all sessions keeps the member signed in', async () => {
  const { devices, load, call, auth } = createDevicesHarness()
  await load(current, tablet)
  void devices.revokeAll()
  await flushPromises()
  await call('logoutEverywhere').lose()
  expect(auth.get().status).not.toBe('guest')
  expect(devices.get()).toEqual({ status: 'failed', error: { source: 'network', reason: 'offline' } })
})

test('a guest’s device list fails with TOKEN_MISSING', async () => {
  const tab = createAuthHarness().open()
  const devices = createDeviceStore(tab)
  await devices.load()
  expect(devices.get()).toMatchObject({
    status: 'failed',
    error: { source: 'server', reason: 'TOKEN_MISSING' },
  })
  expect(tab.calls).toEqual([])
})
