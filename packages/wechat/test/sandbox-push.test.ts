import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { frozenClock, type PushSetup, startSandbox } from '@kinpass/wechat-sandbox'
import { expect, test } from 'vitest'
import { createWeChat, type PushMessage } from '../src/index.ts'

const keys = { token: 'AAAAA', encodingAesKey: 'A'.repeat(43) }

type Setup = Pick<PushSetup, 'mode' | 'format' | 'sloppyJson'>

/** A local WeChat that pushes to a server of ours, whose client reads what comes. */
async function meet(setup: Setup) {
  const weChat = await startSandbox({ clock: frozenClock('2026-11-20T08:00:00Z') })
  const push = setup.mode === 'plain' ? { token: keys.token } : keys
  const client = createWeChat({ ...weChat.app, baseUrl: weChat.url, push })
  const messages: PushMessage[] = []
  const server = createServer((request, response) => {
    const query = Object.fromEntries(new URL(request.url ?? '', 'http://localhost').searchParams)
    void text(request).then((body) => {
      const read = client.parsePush({ query, body })
      if (read.type === 'message') messages.push(read.message)
      response.end(read.type === 'verification' ? read.echo : 'success')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  weChat.console().push.configure({ url: `http://127.0.0.1:${port}/push`, ...setup, ...push })
  return {
    weChat,
    push: weChat.console().push,
    messages,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await client[Symbol.asyncDispose]()
      await weChat[Symbol.asyncDispose]()
    },
  }
}

const setups: readonly Setup[] = [
  { mode: 'plain', format: 'xml' },
  { mode: 'plain', format: 'json' },
  { mode: 'plain', format: 'json', sloppyJson: true },
  { mode: 'compatible', format: 'xml' },
  { mode: 'compatible', format: 'json' },
  { mode: 'secure', format: 'xml' },
  { mode: 'secure', format: 'json', sloppyJson: true },
]

test.each(setups)(
  'WeChat verifies the address, and tells who took back the phone number: %j',
  async (setup) => {
    await using it = await meet(setup)
    expect(await it.push.verify()).toMatchObject({ isAccepted: true })
    expect(
      await it.push.send({ event: 'user_authorization_revoke', person: 'alice', revokeInfo: '8' }),
    ).toMatchObject({ isAccepted: true, attempts: 1 })
    expect(it.messages).toEqual([
      expect.objectContaining({
        event: 'user_authorization_revoke',
        openId: it.weChat.person('alice').openId,
        revoked: ['phone-number'],
        createdAt: it.weChat.clock.now(),
      }),
    ])
  },
)

test('an event without an openid arrives', async () => {
  await using it = await meet({ mode: 'secure', format: 'xml' })
  await it.push.send({ event: 'user_info_modified' })
  expect(it.messages).toEqual([expect.objectContaining({ event: 'user_info_modified', openId: undefined })])
})
