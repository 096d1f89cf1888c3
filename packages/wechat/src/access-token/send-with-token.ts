import { WeChatApiError, WeChatUnreachableError } from '../errors/errors.ts'
import { retryTable } from '../protocol/retry-table.ts'
import type { Send } from '../transport/send.ts'
import type { AccessTokenSource } from './access-token-source.ts'
import type { StoredToken } from './token-store.ts'

/** WeChat raises these before it looks at a code, so what was sent with them is unspent. */
const tokenErrors = new Set([40001, 40014, 42001])

/** Asks with the access token in the query, and once more with another token after a token error. */
export function createSendWithToken({
  send,
  tokenSource,
}: {
  send: Send
  tokenSource: AccessTokenSource
}): Send {
  return async (question) => {
    const { endpoint } = question
    const askWith = ({ value }: StoredToken) =>
      send({ ...question, query: { access_token: value, ...question.query } })
    const token = await currentToken(tokenSource)
    try {
      return await askWith(token)
    } catch (error) {
      if (!isTokenError(error) || retryTable[endpoint].tokenError !== 'once') throw error
      tokenSource.invalidate(token, { endpoint, errcode: error.errcode })
      return askWith(await currentToken(tokenSource))
    }
  }
}

/** Without a token nothing of the caller's is sent, whatever became of the token fetch itself. */
async function currentToken(tokens: AccessTokenSource): Promise<StoredToken> {
  try {
    return await tokens.current()
  } catch (cause) {
    if (!(cause instanceof WeChatUnreachableError)) throw cause
    const { endpoint, reason } = cause
    throw new WeChatUnreachableError({ endpoint, reason, sent: false }, { cause })
  }
}

function isTokenError(error: unknown): error is WeChatApiError {
  return error instanceof WeChatApiError && tokenErrors.has(error.errcode)
}
