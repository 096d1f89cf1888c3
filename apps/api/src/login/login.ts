import type { Handlers } from '@kinpass/contracts'
import type { WeChat } from '@kinpass/wechat'
import { presentMember } from '../account/present-member.ts'
import { defaultName } from '../members/default-name.ts'
import type { Members } from '../members/members.ts'
import type { AccessTokens } from '../session/access-token.ts'
import { refuseUnwelcome } from '../session/refuse-unwelcome.ts'
import { refuseMisplacedCodes } from './refuse-misplaced-codes.ts'
import { throwWeChatFailure } from './wechat-failure.ts'

/** `login`: two one-time codes become an identity, a row and a token. */
export function createLogin(parts: {
  wechat: Pick<WeChat, 'exchangeLoginCode' | 'phoneNumber'>
  members: Members
  accessTokens: AccessTokens
  random: () => number
}): Handlers['login'] {
  const { wechat, members, accessTokens, random } = parts

  return async (input) => {
    refuseMisplacedCodes(input)
    const account = await wechat
      .exchangeLoginCode(input.code)
      .catch((cause: unknown) => throwWeChatFailure('login-code', cause))
    const known = await members.byOpenId(account.openId)
    if (known) refuseUnwelcome(known) // before the phone code is spent

    const phone = await wechat
      .phoneNumber({ phoneCode: input.phoneCode, openId: account.openId })
      .catch((cause: unknown) => throwWeChatFailure('phone-code', cause))

    const { member, isNew } = await members.enter({
      openId: account.openId,
      unionId: account.unionId ?? null,
      phone: phone.phoneNumber,
      name: input.nickName ?? defaultName(phone.purePhoneNumber, random),
    })
    refuseUnwelcome(member) // banned while WeChat was being asked
    const token = await accessTokens.issue({ memberId: member.id, memberName: member.name })
    return {
      token,
      expiresInSeconds: accessTokens.lifetimeSeconds,
      nickName: member.name,
      isNew,
      member: presentMember(member),
    }
  }
}
