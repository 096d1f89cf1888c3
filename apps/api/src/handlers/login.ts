import type { KeyRing } from '../keys/key-ring.ts'
import { assertCodeKinds } from '../login/assert-code-kinds.ts'
import type { CodeExchanger } from '../login/code-exchanger.ts'
import { createIdempotencyKeys, type LoginReplay } from '../login/idempotent-login.ts'
import type { StartSession } from '../login/start-session.ts'
import { assertMemberActive } from '../members/assert-member-active.ts'
import { defaultName } from '../members/default-name.ts'
import { type ReadClientInfo, sanitizeLine } from '../request/client-info.ts'
import type { StoresWithTransaction } from '../stores/stores.ts'
import type { AppHandlers } from './app-handlers.ts'

export interface LoginHandlerDeps {
  codes: CodeExchanger
  stores: StoresWithTransaction
  keyRing: KeyRing
  readClientInfo: ReadClientInfo
  startSession: StartSession
  loginReplay: LoginReplay
  random: () => number
}

/**
 * `login`: exchanges both one-time codes, writes member and session, and returns the session's tokens.
 *
 * The login code is exchanged first, so a banned member uses no phone code. All rows are written in one transaction.
 * The response is built from the session row, so the same login sent again, even in parallel, gets the same response.
 */
export function createLoginHandler(deps: LoginHandlerDeps): AppHandlers['login'] {
  const { codes, stores, keyRing, readClientInfo, startSession, loginReplay, random } = deps

  return async ({ input, ctx }) => {
    assertCodeKinds(input)
    const clientInfo = readClientInfo(ctx)
    const keys = createIdempotencyKeys(keyRing, { ...input, installationId: ctx.installationId })
    const replayed = await loginReplay.find(keys)
    if (replayed) return replayed

    const identity = await codes.exchangeLoginCode(input.code, clientInfo.installation)
    const knownMember = await stores.members.byOpenId(identity.openId)
    if (knownMember) assertMemberActive(knownMember)
    const phone = await codes.exchangePhoneCode(input.phoneCode, identity.openId, keys.repeatDigests)

    const started = await stores.transaction(async (tx) => {
      const { member, isNew } = await tx.members.findOrCreate({
        ...identity,
        phone: phone.phoneNumber,
        phoneIsBound: phone.isBound,
        name: sanitizeLine(input.nickName) ?? defaultName(phone.purePhoneNumber, random),
      })
      assertMemberActive(member) // Banned since the first check, or found by unionid or as a pre-registered row.
      return await startSession(tx, { kind: 'login', member, isNew, keys, clientInfo })
    })
    return await loginReplay.complete(started, keys)
  }
}
