import { Failure } from '@kinpass/contracts'
import type { WeChat } from '@kinpass/wechat'
import { WeChatApiError, WeChatResponseError, WeChatUnreachableError } from '@kinpass/wechat'
import type { Digests } from '../keys/key-ring.ts'
import type { ExchangeOnce } from './exchange-once.ts'
import { throwAsFailure } from './wechat-errors.ts'

/**
 * Whether WeChat must confirm that both codes belong to one account.
 *
 * `require`: always. `prefer`: where the app's WeChat accepts the openid. `off`: never. A mismatch that WeChat reports is refused under `prefer` too.
 */
export type PhoneBinding = 'require' | 'prefer' | 'off'

/** The WeChat account of a login code. */
export interface WeChatIdentity {
  readonly openId: string
  readonly unionId: string | null
}

/** The phone number of a phone code. */
export interface VerifiedPhone {
  /** E.164. */
  readonly phoneNumber: string
  /** The number without its country code. */
  readonly purePhoneNumber: string
  /** Whether WeChat confirmed that the account of the login code gave the number. */
  readonly isBound: boolean
}

/**
 * Exchanges one-time codes, each at most once with WeChat. Throws `Failure`.
 *
 * The owner of a login code is the installation, because `session.prepare` exchanges it before a phone code exists. The
 * owner of a phone code is the whole login.
 */
export interface CodeExchanger {
  exchangeLoginCode(loginCode: string, owner: Digests): Promise<WeChatIdentity>
  exchangePhoneCode(phoneCode: string, openId: string, owner: Digests): Promise<VerifiedPhone>
}

/** WeChat's errcode for a parameter that it does not accept. */
const INVALID_PARAMETER = 47001

export function createCodeExchanger(deps: {
  wechat: Pick<WeChat, 'exchangeLoginCode' | 'exchangePhoneCode'>
  exchangeOnce: ExchangeOnce
  phoneBinding: PhoneBinding
}): CodeExchanger {
  const { wechat, exchangeOnce, phoneBinding } = deps

  return {
    exchangeLoginCode: (code, owner) =>
      exchangeOnce({
        kind: 'login-code',
        code,
        owner,
        isSafeToRetry,
        exchange: async () => {
          const { openId, unionId } = await wechat
            .exchangeLoginCode(code)
            .catch((cause: unknown) => throwAsFailure('login-code', cause))
          return { openId, unionId: unionId ?? null }
        },
      }),

    exchangePhoneCode: (code, openId, owner) =>
      exchangeOnce({
        kind: 'phone-code',
        code,
        owner,
        isSafeToRetry,
        exchange: () =>
          fetchPhone(code, openId).catch((cause: unknown) => throwAsFailure('phone-code', cause)),
      }),
  }

  async function fetchPhone(phoneCode: string, openId: string): Promise<VerifiedPhone> {
    const fetchUnbound = async () => ({ ...(await wechat.exchangePhoneCode({ phoneCode })), isBound: false })
    if (phoneBinding === 'off') return toVerifiedPhone(await fetchUnbound())
    try {
      return toVerifiedPhone({ ...(await wechat.exchangePhoneCode({ phoneCode, openId })), isBound: true })
    } catch (error) {
      // WeChat rejects the openid of some apps before it looks at the code, which is still valid.
      const rejectsOpenId = error instanceof WeChatApiError && error.errcode === INVALID_PARAMETER
      if (phoneBinding === 'prefer' && rejectsOpenId) return toVerifiedPhone(await fetchUnbound())
      throw error
    }
  }
}

function toVerifiedPhone({ phoneNumber, purePhoneNumber, isBound }: VerifiedPhone): VerifiedPhone {
  return { phoneNumber, purePhoneNumber, isBound }
}

/** True for a request that was never sent, and for a missing access token: the code is sent after the token. */
function isSafeToRetry(error: unknown): boolean {
  const cause = error instanceof Failure ? error.cause : undefined
  if (cause instanceof WeChatUnreachableError && cause.sent === false) return true
  const isWeChatError =
    cause instanceof WeChatApiError ||
    cause instanceof WeChatUnreachableError ||
    cause instanceof WeChatResponseError
  return isWeChatError && cause.endpoint === 'stable_token'
}
