import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { frozenClock, type PushSetup, startSandbox } from '@kinpass/wechat-sandbox'
import { expect, test } from 'vitest'
import { createWeChat, type PushMessage } from '../src/index.ts'

const keys = { token: 'AAAAA', encodingAesKey: 'A'.repeat(43) }

/** Generous, because a loaded machine must not exceed it: the sandbox repeats a push after a timeout. */
const delivery = { timeoutMs: 60_000 }

type Setup = Pick<PushSetup, 'mode' | 'format' | 'sloppyJson'>

/** Starts a sandbox and a server that receives its pushes and parses them. */
async function startHarness(setup: Setup) {
  const sandbox = await startSandbox({ clock: frozenClock('2026-11-20T08:00:00Z') })
  const push = setup.mode === 'plain' ? { token: keys.token } : keys
  const wechat = createWeChat({ ...sandbox.app, baseUrl: sandbox.url, push })
  const messages: PushMessage[] = []
  const server = createServer((request, response) => {
    const query = Object.fromEntries(new URL(request.url ?? '', 'http://localhost').searchParams)
    void text(request).then((body) => {
      const parsed = wechat.parsePush({ query, body })
      if (parsed.type === 'message') messages.push(parsed.message)
      response.end(parsed.type === 'verification' ? parsed.echo : 'success')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  sandbox.console().push.configure({ url: `http://127.0.0.1:${port}/push`, ...setup, ...push })
  return {
    sandbox,
    push: sandbox.console().push,
    messages,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await wechat[Symbol.asyncDispose]()
      await sandbox[Symbol.asyncDispose]()
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
  'the sandbox verifies the URL and its revocation of the phone number is parsed: %j',
  async (setup) => {
    await using ctx = await startHarness(setup)
    expect(await ctx.push.verify(delivery)).toMatchObject({ isAccepted: true })
    expect(
      await ctx.push.send({ event: 'user_authorization_revoke', person: 'alice', revokeInfo: '8' }, delivery),
    ).toMatchObject({ isAccepted: true, attempts: 1 })
    expect(ctx.messages).toEqual([
      expect.objectContaining({
        event: 'user_authorization_revoke',
        openId: ctx.sandbox.person('alice').openId,
        revoked: ['phone-number'],
        createdAt: ctx.sandbox.clock.now(),
      }),
    ])
  },
)

test('an event of the sandbox without openid is parsed', async () => {
  await using ctx = await startHarness({ mode: 'secure', format: 'xml' })
  await ctx.push.send({ event: 'user_info_modified' }, delivery)
  expect(ctx.messages).toEqual([expect.objectContaining({ event: 'user_info_modified', openId: undefined })])
})
