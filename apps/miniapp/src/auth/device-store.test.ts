import type { Session } from '@kinpass/contracts'
import { expect, test } from 'vitest'
import { flushPromises } from '../lib/_fake-timers.ts'
import { createAuthHarness } from './_auth-harness.ts'
import { createDeviceStore } from './device-store.ts'

function device(id: string, isCurrent = false): Session {
  const at = '2026-01-02T03:04:05.000Z'
  return { id, deviceName: 'iPhone 13', startedAt: at, lastUsedAt: at, isCurrent }
}
const [here, tablet, lost] = [device('1', true), device('2'), device('3')]

function createDevicesWorld() {
  const tab = createAuthHarness().openSignedIn()
  const devices = createDeviceStore(tab)
  return {
    ...tab,
    devices,
    /** Opens the page. */
    open: async (...sessions: Session[]) => {
      void devices.load()
      await flushPromises()
      await tab.call('listSessions').respond({ sessions })
    },
  }
}
const list = (...sessions: Session[]) => ({ status: 'loaded', sessions, isEnding: false })

test('the list is asked for, and shown', async () => {
  const { devices, open, call } = createDevicesWorld()
  expect(devices.get()).toEqual({ status: 'loading' })
  await open(here, tablet)
  expect(call('listSessions').input).toBe('token 0')
  expect(devices.get()).toEqual(list(here, tablet))
})

test('a list that cannot be had says why, and can be asked for again', async () => {
  const { devices, call } = createDevicesWorld()
  void devices.load()
  await flushPromises()
  await call('listSessions').lose()
  expect(devices.get()).toEqual({ status: 'failed', error: { source: 'network', reason: 'offline' } })
  void devices.load()
  await flushPromises()
  await call('listSessions', 2).respond({ sessions: [here] })
  expect(devices.get()).toEqual(list(here))
})

test('of two lists under way the one asked for last counts', async () => {
  const { devices, call } = createDevicesWorld()
  void devices.load()
  void devices.load()
  await flushPromises()
  await call('listSessions', 2).respond({ sessions: [here] })
  await call('listSessions').respond({ sessions: [here, tablet] })
  expect(devices.get()).toEqual(list(here))
})

test('ending one shows what the server then has', async () => {
  const { devices, open, calls, call } = createDevicesWorld()
  await open(here, tablet, lost)
  void devices.revoke('3')
  void devices.revoke('3')
  await flushPromises()
  expect(devices.get()).toEqual({ ...list(here, tablet, lost), isEnding: true })
  expect(calls.filter(({ name }) => name === 'revoke')).toHaveLength(1)
  await call('revoke').respond({})
  await call('listSessions', 2).respond({ sessions: [here, tablet] })
  expect(devices.get()).toEqual(list(here, tablet))
})

test('ending the others spares one’s own', async () => {
  const { devices, open, calls, auth } = createDevicesWorld()
  await open(here, tablet, lost)
  void devices.endOthers()
  await flushPromises()
  const revoked = calls.filter(({ name }) => name === 'revoke')
  expect(revoked).toHaveLength(2)
  for (const { respond } of revoked) await respond({})
  expect(auth.get().status).not.toBe('guest')
})

test('an end that did not arrive is told', async () => {
  const { devices, open, call } = createDevicesWorld()
  await open(here, tablet)
  void devices.revoke('2')
  await flushPromises()
  await call('revoke').lose('timeout')
  expect(devices.get()).toEqual({ status: 'failed', error: { source: 'network', reason: 'timeout' } })
})

test('ending one’s own is logging out', async () => {
  const { devices, open, call, auth, tokens } = createDevicesWorld()
  await open(here, tablet)
  await devices.revoke('1')
  expect(auth.get()).toEqual({ status: 'guest' })
  expect(tokens.isSignedOut()).toBe(true)
  expect(call('logout').input).toBe('token 0')
})

test('ending all ends one’s own too, once the server has done it', async () => {
  const { devices, open, call, names, auth, tokens } = createDevicesWorld()
  await open(here, tablet)
  void devices.revokeAll()
  await flushPromises()
  expect(auth.get().status).not.toBe('guest')
  await call('logoutEverywhere').respond({})
  expect(auth.get()).toEqual({ status: 'guest' })
  expect(tokens.isSignedOut()).toBe(true)
  expect(names()).toEqual(['listSessions', 'logoutEverywhere'])
})

test('who could not end all is still logged in', async () => {
  const { devices, open, call, auth } = createDevicesWorld()
  await open(here, tablet)
  void devices.revokeAll()
  await flushPromises()
  await call('logoutEverywhere').lose()
  expect(auth.get().status).not.toBe('guest')
  expect(devices.get()).toEqual({ status: 'failed', error: { source: 'network', reason: 'offline' } })
})

test('a guest is told to log in', async () => {
  const tab = createAuthHarness().open()
  const devices = createDeviceStore(tab)
  await devices.load()
  expect(devices.get()).toMatchObject({
    status: 'failed',
    error: { source: 'server', reason: 'TOKEN_MISSING' },
  })
  expect(tab.calls).toEqual([])
})
