import { isTokenError } from '../errors/error-kinds.ts'
import { WeChatUnreachableError } from '../errors/errors.ts'
import { retryTable } from '../protocol/retry-table.ts'
import type { Send } from '../transport/send.ts'
import type { AccessTokenSource } from './access-token-source.ts'
import type { StoredToken } from './token-store.ts'

/** Adds the access token to each request; retries once with another token after a token error. */
export function createSendWithToken({
  send,
  tokenSource,
}: {
  send: Send
  tokenSource: AccessTokenSource
}): Send {
  return async (request) => {
    const { endpoint } = request
    const sendWith = ({ value }: StoredToken) =>
      send({ ...request, query: { access_token: value, ...request.query } })
    const token = await currentToken(tokenSource)
    try {
      return await sendWith(token)
    } catch (error) {
      if (!isTokenError(error) || retryTable[endpoint].tokenError !== 'once') throw error
      tokenSource.invalidate(token, { endpoint, errcode: error.errcode })
      return sendWith(await currentToken(tokenSource))
    }
  }
}

/** Sets `sent: false` on a failed token fetch: the caller's own request was not sent. */
async function currentToken(tokenSource: AccessTokenSource): Promise<StoredToken> {
  try {
    return await tokenSource.current()
  } catch (cause) {
    if (!(cause instanceof WeChatUnreachableError)) throw cause
    const { endpoint, reason } = cause
    throw new WeChatUnreachableError({ endpoint, reason, sent: false }, { cause })
  }
}
