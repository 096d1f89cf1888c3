import { z } from 'zod'
import { type StableToken, stableToken } from '../endpoints/stable-token.ts'
import { WeChatRefused } from '../errors/errors.ts'
import { createCall } from '../transport/http.ts'
import { readAnswer } from '../transport/parse-response.ts'
import type { Ask } from '../transport/send.ts'
import { checkClock } from './check-clock.ts'
import { checkSettings } from './check-settings.ts'
import { checkTokenFetch, explain } from './check-token-fetch.ts'
import type { Finding } from './finding.ts'

export interface Patient {
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
export async function diagnose(patient: Patient): Promise<readonly Finding[]> {
  const call = createCall({ deadlineMs: 5_000, ...patient })
  let theirs: Date | undefined
  const ask: Ask = async (question) => {
    const answer = await call(question)
    theirs = answer.answeredAt
    return readAnswer(question, answer)
  }
  const fetched = await stableToken({ ask, ...patient }).catch((error: unknown) => ({ error }))
  const failure = 'error' in fetched ? fetched.error : undefined
  const clock = checkClock({ ours: patient.clock(), theirs })
  const token = 'error' in fetched ? tokenUnknown : await checkToken(ask, fetched)
  return [...checkSettings(patient), ...checkTokenFetch(failure), clock, token]
}

const subject = 'token'
const tokenUnknown: Finding = { subject, verdict: 'unknown', finding: 'there is none to try' }

/** Asks about nobody's session: whatever WeChat says about it, it has believed the token. */
async function checkToken(ask: Ask, { accessToken, expiresInSeconds }: StableToken): Promise<Finding> {
  const works: Finding = { subject, verdict: 'good', finding: `it works, for ${expiresInSeconds} s more` }
  try {
    const nobody = { openid: 'nobody', signature: '0', sig_method: 'hmac_sha256' }
    await ask({
      endpoint: 'checksession',
      path: '/wxa/checksession',
      method: 'GET',
      query: { access_token: accessToken, ...nobody },
      success: z.unknown(),
    })
    return works
  } catch (error) {
    const isRefusedOtherwise =
      error instanceof WeChatRefused && ![40001, 40014, 41001, 42001].includes(error.errcode)
    return isRefusedOtherwise ? works : { subject, verdict: 'bad', ...explain(error) }
  }
}
