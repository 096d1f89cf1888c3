import type { FailureCode } from '@kinpass/contracts'
import type { AppError } from '../errors/app-error.ts'
import type { Copy, Messages } from './messages.ts'
import { zh } from './zh.ts'

/** What to tell the person about a trouble. */
export function errorMessage({ errors }: Messages, trouble: AppError): Copy {
  switch (trouble.source) {
    case 'phone':
      return errors.phone[trouble.reason]
    case 'wechat':
      return errors.wechat[trouble.reason]
    case 'network':
      return errors.network[trouble.reason]
    case 'server':
      return errors.server[trouble.reason]
  }
}

/** Whether this build has words for a failure code. */
export function hasMessageFor(code: string): code is FailureCode {
  return Object.keys(zh.errors.server).includes(code)
}
