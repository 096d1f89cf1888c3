import type { AppError } from './app-error.ts'
import type { PhoneErrorReason } from './phone-result.ts'

/** The action that the popup offers after an error, beside "not now". */
export type Recovery =
  /** Tap WeChat's phone button again. */
  | { readonly action: 'tap' }
  /** Send the same request again; the phone code is still valid. */
  | { readonly action: 'retry' }
  /** Wait, then send the same request again. */
  | { readonly action: 'wait'; readonly ms: number }
  /** Close the popup: no action helps. */
  | { readonly action: 'dismiss' }

const ACTION_BY_PHONE_REASON: Record<PhoneErrorReason, 'tap' | 'dismiss'> = {
  refused: 'tap',
  'no-quota': 'dismiss',
  'no-permission': 'dismiss',
  'privacy-refused': 'tap',
  'privacy-undeclared': 'dismiss',
  'no-phone': 'tap',
  'old-wechat': 'dismiss',
  unknown: 'tap',
}

export function recoveryFor(error: AppError): Recovery {
  switch (error.source) {
    case 'phone':
      return { action: ACTION_BY_PHONE_REASON[error.reason] }
    case 'wechat':
      return { action: 'retry' }
    case 'network':
      return { action: error.reason === 'domain-not-allowed' ? 'dismiss' : 'retry' }
    case 'server':
      if (typeof error.retry === 'object') return { action: 'wait', ms: error.retry.afterMs }
      if (error.retry === 'new-phone-tap') return { action: 'tap' }
      return { action: error.retry === 'none' ? 'dismiss' : 'retry' }
  }
}
