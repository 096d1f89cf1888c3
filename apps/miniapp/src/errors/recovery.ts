import type { Trouble } from './app-error.ts'
import type { PhoneTrouble } from './phone-result.ts'

/** What helps after a trouble: the one thing that the popup then offers beside "not now". */
export type NextStep =
  /** Another tap on WeChat's phone button. */
  | { readonly do: 'tap' }
  /** The same request again: the phone code is still good. */
  | { readonly do: 'send' }
  /** Nothing for a while, then the same request again. */
  | { readonly do: 'wait'; readonly ms: number }
  /** Nothing here helps. */
  | { readonly do: 'leave' }

const afterPhone: Record<PhoneTrouble, NextStep['do'] & ('tap' | 'leave')> = {
  refused: 'tap',
  'no-quota': 'leave',
  'no-permission': 'leave',
  'privacy-refused': 'tap',
  'privacy-undeclared': 'leave',
  'no-phone': 'tap',
  'old-wechat': 'leave',
  unknown: 'tap',
}

export function nextStepAfter(trouble: Trouble): NextStep {
  switch (trouble.at) {
    case 'phone':
      return { do: afterPhone[trouble.is] }
    case 'wechat':
      return { do: 'send' }
    case 'network':
      return { do: trouble.is === 'domain-not-allowed' ? 'leave' : 'send' }
    case 'server':
      if (typeof trouble.retry === 'object') return { do: 'wait', ms: trouble.retry.afterMs }
      if (trouble.retry === 'new-phone-tap') return { do: 'tap' }
      return { do: trouble.retry === 'none' ? 'leave' : 'send' }
  }
}
