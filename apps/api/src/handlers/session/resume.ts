import { Failure } from '@kinpass/contracts'
import { assertCodeKinds } from '../../login/assert-code-kinds.ts'
import { createIdempotencyKeys } from '../../login/idempotent-login.ts'
import { assertMemberActive } from '../../members/assert-member-active.ts'
import type { AppHandlers } from '../app-handlers.ts'
import type { LoginHandlerDeps } from '../login.ts'

/** `session.resume`: logs a known member in with a login code; any other account gets `MEMBER_UNKNOWN`. */
export function createSessionResumeHandler(
  deps: Omit<LoginHandlerDeps, 'random'>,
): AppHandlers['session']['resume'] {
  const { codes, stores, keyRing, readClientInfo, startSession, loginReplay } = deps

  return async ({ input, ctx }) => {
    assertCodeKinds(input)
    const clientInfo = readClientInfo(ctx)
    const keys = createIdempotencyKeys(keyRing, { ...input, installationId: ctx.installationId })
    const replayed = await loginReplay.find(keys)
    if (replayed) return replayed

    const { openId } = await codes.exchangeLoginCode(input.code, clientInfo.installation)
    const started = await stores.transaction(async (tx) => {
      const member = await tx.members.byOpenId(openId)
      if (!member) throw new Failure('MEMBER_UNKNOWN')
      assertMemberActive(member)
      return await startSession(tx, { kind: 'resume', member, isNew: false, keys, clientInfo })
    })
    return await loginReplay.complete(started, keys)
  }
}
