import { Failure, type Handlers } from '@kinpass/contracts'
import type { LoginParts } from '../login/login.ts'
import { refuseMisplacedCodes } from '../login/refuse-misplaced-codes.ts'
import { loginKeys } from './login-keys.ts'
import { refuseUnwelcome } from './refuse-unwelcome.ts'

/** `session.resume`: a known member is in with a login code alone; nobody else learns more than `MEMBER_UNKNOWN`. */
export function createResume(parts: Omit<LoginParts, 'random'>): Handlers['session']['resume'] {
  const { codes, records, dataKeys, identifyCaller, beginSession, answerLogin, clock } = parts

  return async ({ code }, context) => {
    refuseMisplacedCodes({ code })
    const caller = identifyCaller(context)
    const keys = loginKeys(dataKeys, { code, installationId: context.installationId })
    const earlier = await answerLogin.again(keys)
    if (earlier) return earlier

    const { openId } = await codes.account(code, caller.installation)
    const begun = await records.transaction(async ({ members, sessions, audit }) => {
      const member = await members.byOpenId(openId)
      if (!member) throw new Failure('MEMBER_UNKNOWN')
      refuseUnwelcome(member)
      const session = await beginSession(sessions, { member, isFirst: false, login: keys, caller })
      if (!session) return undefined // the same resumption, a moment earlier
      await audit.record({
        kind: 'resume',
        at: clock(),
        memberId: member.id,
        sessionId: session.id,
        addressHash: caller.addressHash,
        requestId: caller.requestId,
      })
      return { session, member }
    })
    const answer = begun ? await answerLogin.first(begun) : await answerLogin.again(keys)
    if (!answer) throw new Failure('INTERNAL', { cause: new Error('a resumption began no session') })
    return answer
  }
}
