import type { Handlers } from '@kinpass/contracts'
import { refuseMisplacedCodes } from '../../login/assert-code-kinds.ts'
import type { WeChatCodes } from '../../login/wechat-codes.ts'
import type { IdentifyCaller } from '../../request/client-info.ts'

const keptForSeconds = 240 // The code and what is kept of it live 300; the rest is for the way.

/** `session.prepare`: exchanges the login code ahead of the phone tap, which then costs one round trip to WeChat. */
export function createPrepare(parts: {
  codes: WeChatCodes
  identifyCaller: IdentifyCaller
}): Handlers['session']['prepare'] {
  return async ({ code }, context) => {
    refuseMisplacedCodes({ code })
    await parts.codes.account(code, parts.identifyCaller(context).installation)
    return { keptForSeconds }
  }
}
