import { assertCodeKinds } from '../../login/assert-code-kinds.ts'
import type { CodeExchanger } from '../../login/code-exchanger.ts'
import type { ReadClientInfo } from '../../request/client-info.ts'
import type { AppHandlers } from '../app-handlers.ts'

/** A code and its stored exchange live 300 s; 60 s are left for the login request itself. */
const KEPT_FOR_SECONDS = 240

/** `session.prepare`: exchanges the login code before the phone tap, so the login needs one request to WeChat. */
export function createSessionPrepareHandler(deps: {
  codes: CodeExchanger
  readClientInfo: ReadClientInfo
}): AppHandlers['session']['prepare'] {
  const { codes, readClientInfo } = deps

  return async ({ input, ctx }) => {
    assertCodeKinds(input)
    await codes.exchangeLoginCode(input.code, readClientInfo(ctx).installation)
    return { keptForSeconds: KEPT_FOR_SECONDS }
  }
}
