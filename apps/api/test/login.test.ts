import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningApi, startApi } from './_api.ts'
import { databases } from './_databases.ts'

describe.each(databases)('login on $name', (kind) => {
  let database: Awaited<ReturnType<typeof kind.make>>
  let api: RunningApi

  beforeAll(async () => {
    database = await kind.make()
    api = await startApi({ databaseUrl: database.url })
  })
  afterAll(async () => {
    await api[Symbol.asyncDispose]()
    await database[Symbol.asyncDispose]()
  })

  test('two codes become a row, a token and an answer to `me`', async () => {
    const alice = api.wechat.person('alice')
    const answer = await api.as().login.mutate({ code: alice.tapsLogin(), phoneCode: alice.allowsPhone() })
    expect(answer.isNew).toBe(true)
    expect(answer.member.nickName).toBe(answer.nickName)

    for (const authorization of [answer.token, `Bearer ${answer.token}`])
      expect(await api.as({ authorization }).me.query()).toEqual(answer.member)
  })

  test('fifty first logins of one person at once are fifty good answers and one row', async () => {
    const bob = api.wechat.person('bob')
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        api.as().login.mutate({ code: bob.tapsLogin(), phoneCode: bob.allowsPhone() }),
      ),
    )
    expect(new Set(answers.map(({ member }) => member.id)).size).toBe(1)
    expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1)
  })
})
