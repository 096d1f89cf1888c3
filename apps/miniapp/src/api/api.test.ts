import type { TaroRequestOptions } from '@kinpass/trpc-taro'
import { expect, test } from 'vitest'
import { createApi } from './api.ts'

function createRecordedApi(deviceName: string) {
  const sent: TaroRequestOptions[] = []
  const api = createApi({
    url: 'https://api.example.com',
    request(options) {
      sent.push(options)
      options.success({ data: '{"result":{"data":{}}}', statusCode: 200, header: {} })
      return {}
    },
    installationId: 'installation of alice',
    deviceName,
  })
  return { api, sent }
}

test('every call says which installation it comes from, and what the device is called', async () => {
  const { api, sent } = createRecordedApi('奶奶的 iPhone')
  await api.login({ code: 'a login code', phoneCode: 'a phone code' })
  expect(sent[0]).toMatchObject({
    url: 'https://api.example.com/trpc/login',
    header: {
      'x-installation-id': 'installation of alice',
      'x-device-name': '%E5%A5%B6%E5%A5%B6%E7%9A%84%20iPhone',
    },
  })
})

test('a member’s call carries the token, and a login carries none', async () => {
  const { api, sent } = createRecordedApi('')
  await api.me('a token of alice')
  await api.revoke('a token of alice', { id: 'a session' })
  await api.renew({ refreshToken: 'a refresh token of alice' })
  expect(sent.map(({ header: { authorization } }) => authorization)).toEqual([
    'Bearer a token of alice',
    'Bearer a token of alice',
    undefined,
  ])
})
