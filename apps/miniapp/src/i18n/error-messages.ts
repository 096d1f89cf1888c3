import type { FailureCode } from '@kinpass/contracts'
import type { AppError } from '../errors/app-error.ts'
import type { Copy, Messages } from './messages.ts'
import { zh } from './zh.ts'

/** Returns the message for an error. */
export function errorMessage({ errors }: Messages, error: AppError): Copy {
  switch (error.source) {
    case 'phone':
      return errors.phone[error.reason]
    case 'wechat':
      return errors.wechat[error.reason]
    case 'network':
      return errors.network[error.reason]
    case 'server':
      return errors.server[error.reason]
  }
}

/** Whether this build has a message for a failure code. */
export function hasMessageFor(code: string): code is FailureCode {
  return Object.keys(zh.errors.server).includes(code)
}
