import type { Session } from '@kinpass/contracts'
import { expect, test } from 'vitest'
import { settled } from '../login/_login-harness.ts'
import { createSessionWorld } from './_auth-harness.ts'
import { createDevices } from './device-store.ts'

function device(id: string, isCurrent = false): Session {
  const at = '2026-01-02T03:04:05.000Z'
  return { id, deviceName: 'iPhone 13', startedAt: at, lastUsedAt: at, isCurrent }
}
const [here, tablet, lost] = [device('1', true), device('2'), device('3')]

function createDevicesWorld() {
  const tab = createSessionWorld().openOfMember()
  const devices = createDevices(tab)
  return {
    ...tab,
    devices,
    /** Opens the page. */
    open: async (...sessions: Session[]) => {
      void devices.load()
      await settled()
      await tab.call('sessions').answer({ sessions })
    },
  }
}
const list = (...sessions: Session[]) => ({ is: 'list', sessions, isEnding: false })

test('the list is asked for, and shown', async () => {
  const { devices, open, call } = createDevicesWorld()
  expect(devices.get()).toEqual({ is: 'loading' })
  await open(here, tablet)
  expect(call('sessions').by).toBe('token 0')
  expect(devices.get()).toEqual(list(here, tablet))
})

test('a list that cannot be had says why, and can be asked for again', async () => {
  const { devices, call } = createDevicesWorld()
  void devices.load()
  await settled()
  await call('sessions').lose()
  expect(devices.get()).toEqual({ is: 'trouble', trouble: { at: 'network', is: 'offline' } })
  void devices.load()
  await settled()
  await call('sessions', 2).answer({ sessions: [here] })
  expect(devices.get()).toEqual(list(here))
})

test('of two lists under way the one asked for last counts', async () => {
  const { devices, call } = createDevicesWorld()
  void devices.load()
  void devices.load()
  await settled()
  await call('sessions', 2).answer({ sessions: [here] })
  await call('sessions').answer({ sessions: [here, tablet] })
  expect(devices.get()).toEqual(list(here))
})

test('ending one shows what the server then has', async () => {
  const { devices, open, calls, call } = createDevicesWorld()
  await open(here, tablet, lost)
  void devices.end('3')
  void devices.end('3')
  await settled()
  expect(devices.get()).toEqual({ ...list(here, tablet, lost), isEnding: true })
  expect(calls.filter(({ name }) => name === 'revoke')).toHaveLength(1)
  await call('revoke').answer({})
  await call('sessions', 2).answer({ sessions: [here, tablet] })
  expect(devices.get()).toEqual(list(here, tablet))
})

test('ending the others spares one’s own', async () => {
  const { devices, open, calls, session } = createDevicesWorld()
  await open(here, tablet, lost)
  void devices.endOthers()
  await settled()
  const revoked = calls.filter(({ name }) => name === 'revoke')
  expect(revoked).toHaveLength(2)
  for (const { answer } of revoked) await answer({})
  expect(session.get().is).not.toBe('guest')
})

test('an end that did not arrive is told', async () => {
  const { devices, open, call } = createDevicesWorld()
  await open(here, tablet)
  void devices.end('2')
  await settled()
  await call('revoke').lose('timeout')
  expect(devices.get()).toEqual({ is: 'trouble', trouble: { at: 'network', is: 'timeout' } })
})

test('ending one’s own is logging out', async () => {
  const { devices, open, call, session, tokens } = createDevicesWorld()
  await open(here, tablet)
  await devices.end('1')
  expect(session.get()).toEqual({ is: 'guest' })
  expect(tokens.isLeft()).toBe(true)
  expect(call('logout').by).toBe('token 0')
})

test('ending all ends one’s own too, once the server has done it', async () => {
  const { devices, open, call, names, session, tokens } = createDevicesWorld()
  await open(here, tablet)
  void devices.endAll()
  await settled()
  expect(session.get().is).not.toBe('guest')
  await call('logoutEverywhere').answer({})
  expect(session.get()).toEqual({ is: 'guest' })
  expect(tokens.isLeft()).toBe(true)
  expect(names()).toEqual(['sessions', 'logoutEverywhere'])
})

test('who could not end all is still logged in', async () => {
  const { devices, open, call, session } = createDevicesWorld()
  await open(here, tablet)
  void devices.endAll()
  await settled()
  await call('logoutEverywhere').lose()
  expect(session.get().is).not.toBe('guest')
  expect(devices.get()).toEqual({ is: 'trouble', trouble: { at: 'network', is: 'offline' } })
})

test('a guest is told to log in', async () => {
  const tab = createSessionWorld().open()
  const devices = createDevices(tab)
  await devices.load()
  expect(devices.get()).toMatchObject({ is: 'trouble', trouble: { at: 'server', is: 'TOKEN_MISSING' } })
  expect(tab.calls).toEqual([])
})
