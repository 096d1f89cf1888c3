import type { Handlers } from '@kinpass/contracts'
import type { DataKeys } from '../keys/data-keys.ts'
import { defaultName } from '../members/default-name.ts'
import type { RecordStore } from '../records.ts'
import type { BeginSession } from '../session/begin-session.ts'
import type { IdentifyCaller } from '../session/caller.ts'
import { loginKeys } from '../session/login-keys.ts'
import { readOneLine } from '../session/one-line.ts'
import { refuseUnwelcome } from '../session/refuse-unwelcome.ts'
import type { AnswerLogin } from './answer-login.ts'
import { refuseMisplacedCodes } from './refuse-misplaced-codes.ts'
import type { WeChatCodes } from './wechat-codes.ts'

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
