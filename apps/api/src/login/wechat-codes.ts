import { Failure } from '@kinpass/contracts'
import type { WeChat } from '@kinpass/wechat'
import { WeChatApiError, WeChatUnreachableError, WeChatResponseError } from '@kinpass/wechat'
import type { Digests } from '../keys/key-ring.ts'
import type { AskOnce } from './exchange-once.ts'
import { throwWeChatFailure } from './wechat-errors.ts'

/**
 * Whether WeChat must confirm that both codes are of one person: always; where it looks at the openid; or never.
 * A mismatch that WeChat tells of is refused under `prefer` too.
 */
export type PhoneBinding = 'require' | 'prefer' | 'off'

/** The WeChat account behind a login code. */
export interface Account {
  readonly openId: string
  readonly unionId: string | null
}

/** The phone number behind a phone code. */
export interface Phone {
  /** E.164. */
  readonly phoneNumber: string
  readonly purePhoneNumber: string
  /** Whether WeChat confirmed that the number was given by the very account that logs in. */
  readonly isBound: boolean
}

/** What one-time codes stand for, each asked of WeChat at most once. `by` is who may ask again, under all their names. Throws `Failure`. */
export interface WeChatCodes {
  account(loginCode: string, by: Digests): Promise<Account>
  phone(phoneCode: string, openId: string, by: Digests): Promise<Phone>
}

export function createWeChatCodes(parts: {
  wechat: Pick<WeChat, 'exchangeLoginCode' | 'phoneNumber'>
  askOnce: AskOnce
  phoneBinding: PhoneBinding
}): WeChatCodes {
  const { wechat, askOnce, phoneBinding } = parts

  return {
    account: (code, by) =>
      askOnce({
        kind: 'login-code',
        code,
        by,
        neverSent,
        ask: async () => {
          const { openId, unionId } = await wechat
            .exchangeLoginCode(code)
            .catch((cause: unknown) => throwWeChatFailure('login-code', cause))
          return { openId, unionId: unionId ?? null }
        },
      }),

    phone: (code, openId, by) =>
      askOnce({
        kind: 'phone-code',
        code,
        by,
        neverSent,
        ask: () => askPhone(code, openId).catch((cause: unknown) => throwWeChatFailure('phone-code', cause)),
      }),
  }

  async function askPhone(phoneCode: string, openId: string): Promise<Phone> {
    const unbound = async () => ({ ...(await wechat.phoneNumber({ phoneCode })), isBound: false })
    if (phoneBinding === 'off') return pick(await unbound())
    try {
      return pick({ ...(await wechat.phoneNumber({ phoneCode, openId })), isBound: true })
    } catch (error) {
      // Some apps' WeChat takes no openid here. It says so before it looks at the code, which is still good.
      const takesNoOpenId = error instanceof WeChatApiError && error.errcode === 47001
      if (phoneBinding === 'prefer' && takesNoOpenId) return pick(await unbound())
      throw error
    }
  }
}

function pick({ phoneNumber, purePhoneNumber, isBound }: Phone): Phone {
  return { phoneNumber, purePhoneNumber, isBound }
}

/** Certain are a call that never left, and an access token that could not be had: the code goes with the call after it. */
function neverSent(error: unknown): boolean {
  const cause = error instanceof Failure ? error.cause : undefined
  if (cause instanceof WeChatUnreachableError && cause.sent === false) return true
  const isOfWeChat =
    cause instanceof WeChatApiError || cause instanceof WeChatUnreachableError || cause instanceof WeChatResponseError
  return isOfWeChat && cause.endpoint === 'stable_token'
}
