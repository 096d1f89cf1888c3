import { z } from 'zod'
import { type StableToken, stableToken } from '../endpoints/stable-token.ts'
import { isTokenError } from '../errors/error-kinds.ts'
import { WeChatApiError } from '../errors/errors.ts'
import { createHttpSend } from '../transport/http.ts'
import { parseResponse } from '../transport/parse-response.ts'
import type { Send } from '../transport/send.ts'
import { checkClock } from './check-clock.ts'
import type { CheckResult } from './check-result.ts'
import { checkSettings } from './check-settings.ts'
import { checkTokenFetch, explainError } from './check-token-fetch.ts'

const DEADLINE_MS = 5_000

/**
 * Checks everything that a login needs from WeChat.
 *
 * Fetches the token in normal mode, which does not affect other processes, and sends one request with it.
 */
export async function diagnose(
  { fetch, clock }: { fetch: typeof globalThis.fetch; clock: () => Date },
  { appId, secret, baseUrl }: { appId: string; secret: string; baseUrl: string },
): Promise<readonly CheckResult[]> {
  const httpSend = createHttpSend({ fetch }, { baseUrl, deadlineMs: DEADLINE_MS })
  let remoteTime: Date | undefined
  const send: Send = async (request) => {
    const response = await httpSend(request)
    remoteTime = response.respondedAt
    return parseResponse(request, response)
  }
  const fetched = await stableToken({ send, appId, secret }).catch((error: unknown) => ({ error }))
  const fetchError = 'error' in fetched ? fetched.error : undefined
  const clockResult = checkClock({ local: clock(), remote: remoteTime })
  const tokenResult = 'error' in fetched ? noToken : await checkToken(send, fetched)
  return [...checkSettings({ appId, secret }), ...checkTokenFetch(fetchError), clockResult, tokenResult]
}

const check = 'token'
const noToken: CheckResult = { check, status: 'unknown', detail: 'not checked: there is no token' }

/** Sends the token with an openid that does not exist. Any errcode except a token error proves that the token works. */
async function checkToken(send: Send, { accessToken, expiresInSeconds }: StableToken): Promise<CheckResult> {
  const ok: CheckResult = { check, status: 'ok', detail: `it works, for ${expiresInSeconds} s more` }
  try {
    await send({
      endpoint: 'checksession',
      path: '/wxa/checksession',
      method: 'GET',
      query: {
        access_token: accessToken,
        openid: 'unknown-openid',
        signature: '0',
        sig_method: 'hmac_sha256',
      },
      success: z.unknown(),
    })
    return ok
  } catch (error) {
    const isTokenMissing = error instanceof WeChatApiError && error.errcode === 41001
    if (error instanceof WeChatApiError && !isTokenError(error) && !isTokenMissing) return ok
    return { check, status: 'failed', ...explainError(error) }
  }
}
