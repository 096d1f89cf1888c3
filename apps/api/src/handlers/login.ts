import type { Handlers } from '@kinpass/contracts'
import type { DataKeys } from '../keys/key-ring.ts'
import { refuseMisplacedCodes } from '../login/assert-code-kinds.ts'
import type { AnswerLogin } from '../login/idempotent-login.ts'
import { loginKeys } from '../login/login-keys.ts'
import type { BeginSession } from '../login/start-session.ts'
import type { WeChatCodes } from '../login/wechat-codes.ts'
import { refuseUnwelcome } from '../members/assert-member-active.ts'
import { defaultName } from '../members/default-name.ts'
import type { IdentifyCaller } from '../request/client-info.ts'
import { readOneLine } from '../request/sanitize-line.ts'
import type { RecordStore } from '../stores/stores.ts'

export interface LoginParts {
  codes: WeChatCodes
  records: RecordStore
  dataKeys: DataKeys
  identifyCaller: IdentifyCaller
  beginSession: BeginSession
  answerLogin: AnswerLogin
  random: () => number
}

/**
 * `login`: two one-time codes become an identity, a row and a session.
 *
 * The login code goes first, so that a member who may not come in spends no phone code. All rows of a login are one
 * transaction. The answer is made from the session, so a repeated login, also at the same instant, gets the same one.
 */
export function createLogin(parts: LoginParts): Handlers['login'] {
  const { codes, records, dataKeys, identifyCaller, beginSession, answerLogin, random } = parts

  return async (input, context) => {
    refuseMisplacedCodes(input)
    const caller = identifyCaller(context)
    const keys = loginKeys(dataKeys, { ...input, installationId: context.installationId })
    const earlier = await answerLogin.again(keys)
    if (earlier) return earlier

    const account = await codes.account(input.code, caller.installation)
    const known = await records.members.byOpenId(account.openId)
    if (known) refuseUnwelcome(known)
    const phone = await codes.phone(input.phoneCode, account.openId, keys.repeatKeys)

    const begun = await records.transaction(async (tx) => {
      const { member, isNew } = await tx.members.enter({
        ...account,
        phone: phone.phoneNumber,
        phoneIsBound: phone.isBound,
        name: readOneLine(input.nickName) ?? defaultName(phone.purePhoneNumber, random),
      })
      refuseUnwelcome(member) // banned while WeChat was asked, or as a row registered beforehand
      return await beginSession(tx, { kind: 'login', member, isFirst: isNew, login: keys, caller })
    })
    return await answerLogin.after(begun, keys)
  }
}
