import { z } from 'zod'
import { type StableToken, stableToken } from '../endpoints/stable-token.ts'
import { WeChatApiError } from '../errors/errors.ts'
import { createHttpSend } from '../transport/http.ts'
import { parseResponse } from '../transport/parse-response.ts'
import type { Send } from '../transport/send.ts'
import { checkClock } from './check-clock.ts'
import { checkSettings } from './check-settings.ts'
import { checkTokenFetch, explain } from './check-token-fetch.ts'
import type { CheckResult } from './finding.ts'

export interface DiagnoseOptions {
  readonly appId: string
  readonly secret: string
  readonly baseUrl: string
  readonly fetch: typeof fetch
  readonly clock: () => Date
  readonly deadlineMs?: number
}

/**
 * Looks at everything that a login needs of WeChat. Fetches the token in normal mode, which gives the token that
 * everybody else has and disturbs nobody, and asks one question with it.
 */
export async function diagnose(patient: DiagnoseOptions): Promise<readonly CheckResult[]> {
  const call = createHttpSend({ deadlineMs: 5_000, ...patient })
  let theirs: Date | undefined
  const send: Send = async (question) => {
    const answer = await call(question)
    theirs = answer.respondedAt
    return parseResponse(question, answer)
  }
  const fetched = await stableToken({ send, ...patient }).catch((error: unknown) => ({ error }))
  const failure = 'error' in fetched ? fetched.error : undefined
  const clock = checkClock({ ours: patient.clock(), theirs })
  const token = 'error' in fetched ? tokenUnknown : await checkToken(send, fetched)
  return [...checkSettings(patient), ...checkTokenFetch(failure), clock, token]
}

const check = 'token'
const tokenUnknown: CheckResult = { check, status: 'unknown', detail: 'there is none to try' }

/** Asks about nobody's session: whatever WeChat says about it, it has believed the token. */
async function checkToken(send: Send, { accessToken, expiresInSeconds }: StableToken): Promise<CheckResult> {
  const works: CheckResult = { check, status: 'good', detail: `it works, for ${expiresInSeconds} s more` }
  try {
    const nobody = { openid: 'nobody', signature: '0', sig_method: 'hmac_sha256' }
    await send({
      endpoint: 'checksession',
      path: '/wxa/checksession',
      method: 'GET',
      query: { access_token: accessToken, ...nobody },
      success: z.unknown(),
    })
    return works
  } catch (error) {
    const isRefusedOtherwise =
      error instanceof WeChatApiError && ![40001, 40014, 41001, 42001].includes(error.errcode)
    return isRefusedOtherwise ? works : { check, status: 'bad', ...explain(error) }
  }
}
