import type { AccessTokens } from './access-tokens.ts'
import type { Ask } from './ask.ts'
import { WeChatRefused } from './errors.ts'
import { retryTable } from './retry-table.ts'

/** WeChat raises these before it looks at a code, so what was sent with them is unspent. */
const tokenErrors = new Set([40001, 40014, 42001])

/** Asks with the access token in the query, and once more with another token after a token error. */
export function createAskWithToken({ ask, tokens }: { ask: Ask; tokens: AccessTokens }): Ask {
  return async (question) => {
    const { endpoint } = question
    const token = await tokens.current()
    const withToken = (value: string) =>
      ask({ ...question, query: { access_token: value, ...question.query } })
    try {
      return await withToken(token.value)
    } catch (error) {
      if (!isTokenError(error) || retryTable[endpoint].tokenError !== 'once') throw error
      tokens.drop(token, { endpoint, errcode: error.errcode })
      return withToken((await tokens.current()).value)
    }
  }
}

function isTokenError(error: unknown): error is WeChatRefused {
  return error instanceof WeChatRefused && tokenErrors.has(error.errcode)
}
