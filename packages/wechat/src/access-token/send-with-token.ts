import { WeChatRefused, WeChatUnreachable } from '../errors/errors.ts'
import { retryTable } from '../protocol/retry-table.ts'
import type { Ask } from '../transport/send.ts'
import type { AccessTokens } from './access-tokens.ts'
import type { StoredToken } from './token-store.ts'

/** WeChat raises these before it looks at a code, so what was sent with them is unspent. */
const tokenErrors = new Set([40001, 40014, 42001])

/** Asks with the access token in the query, and once more with another token after a token error. */
export function createAskWithToken({ ask, tokens }: { ask: Ask; tokens: AccessTokens }): Ask {
  return async (question) => {
    const { endpoint } = question
    const askWith = ({ value }: StoredToken) =>
      ask({ ...question, query: { access_token: value, ...question.query } })
    const token = await currentToken(tokens)
    try {
      return await askWith(token)
    } catch (error) {
      if (!isTokenError(error) || retryTable[endpoint].tokenError !== 'once') throw error
      tokens.drop(token, { endpoint, errcode: error.errcode })
      return askWith(await currentToken(tokens))
    }
  }
}

/** Without a token nothing of the caller's is sent, whatever became of the token fetch itself. */
async function currentToken(tokens: AccessTokens): Promise<StoredToken> {
  try {
    return await tokens.current()
  } catch (cause) {
    if (!(cause instanceof WeChatUnreachable)) throw cause
    const { endpoint, reason } = cause
    throw new WeChatUnreachable({ endpoint, reason, sent: false }, { cause })
  }
}

function isTokenError(error: unknown): error is WeChatRefused {
  return error instanceof WeChatRefused && tokenErrors.has(error.errcode)
}
