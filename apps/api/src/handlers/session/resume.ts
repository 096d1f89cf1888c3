import { Failure, type Handlers } from '@kinpass/contracts'
import { refuseMisplacedCodes } from '../../login/assert-code-kinds.ts'
import { loginKeys } from '../../login/login-keys.ts'
import { refuseUnwelcome } from '../../members/assert-member-active.ts'
import type { LoginParts } from '../login.ts'

/** `session.resume`: a known member is in with a login code alone; nobody else learns more than `MEMBER_UNKNOWN`. */
export function createResume(parts: Omit<LoginParts, 'random'>): Handlers['session']['resume'] {
  const { codes, records, dataKeys, identifyCaller, beginSession, answerLogin } = parts

  return async ({ code }, context) => {
    refuseMisplacedCodes({ code })
    const caller = identifyCaller(context)
    const keys = loginKeys(dataKeys, { code, installationId: context.installationId })
    const earlier = await answerLogin.again(keys)
    if (earlier) return earlier

    const { openId } = await codes.account(code, caller.installation)
    const begun = await records.transaction(async (tx) => {
      const member = await tx.members.byOpenId(openId)
      if (!member) throw new Failure('MEMBER_UNKNOWN')
      refuseUnwelcome(member)
      return await beginSession(tx, { kind: 'resume', member, isFirst: false, login: keys, caller })
    })
    return await answerLogin.after(begun, keys)
  }
}
