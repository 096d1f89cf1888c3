import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningApi, startApi } from './_api.ts'
import { databases } from './_databases.ts'
import { codesOf, device } from './_device.ts'

describe.each(databases)('login on $name', (kind) => {
  let location: Awaited<ReturnType<typeof kind.create>>
  let api: RunningApi

  beforeAll(async () => {
    location = await kind.create()
    api = await startApi({ databaseUrl: location.url })
  })
  afterAll(async () => {
    await api[Symbol.asyncDispose]()
    await location[Symbol.asyncDispose]()
  })

  test('a login with two codes creates a member and returns a token that `me` accepts', async () => {
    const phone = device(api, 'phone')
    const output = await phone.login(api.wechat.person('alice'))
    expect(output.isNew).toBe(true)
    expect(output.member.nickName).toBe(output.nickName)

    for (const authorization of [output.token, `Bearer ${output.token}`])
      expect(await phone.with(authorization).me.query()).toEqual(output.member)
  })

  test('fifty concurrent first logins of one person succeed and create one member', async () => {
    const bob = api.wechat.person('bob')
    const outputs = await Promise.all(
      Array.from({ length: 50 }, () => device(api, '').calls.login.mutate(codesOf(bob))),
    )
    expect(new Set(outputs.map(({ member }) => member.id)).size).toBe(1)
    expect(outputs.filter(({ isNew }) => isNew)).toHaveLength(1)
  })
})
