import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningApi, startApi } from './_api.ts'
import { codesOf, device } from './_device.ts'

let api: RunningApi
beforeAll(async () => {
  api = await startApi()
})
afterAll(() => api[Symbol.asyncDispose]())

test.each([
  ['alice', ' 柿子🍊 ', /^柿子🍊$/],
  ['bob', 'Bo\u0000b\u202E\r\n', /^Bob$/],
  ['carol', '\uD83D', /4567$/],
])('the nickname of %s, %j, is stored without control characters', async (person, nickName, stored) => {
  const output = await device(api, 'phone').calls.login.mutate({
    ...codesOf(api.wechat.person(person)),
    nickName,
  })
  expect(output.nickName).toMatch(stored)
})
