import type { FailureCode } from '@kinpass/contracts'
import type { Trouble } from '../errors/app-error.ts'
import type { Copy, Words } from './messages.ts'
import { zh } from './zh.ts'

/** What to tell the person about a trouble. */
export function troubleCopy({ troubles }: Words, trouble: Trouble): Copy {
  switch (trouble.at) {
    case 'phone':
      return troubles.phone[trouble.is]
    case 'wechat':
      return troubles.wechat[trouble.is]
    case 'network':
      return troubles.network[trouble.is]
    case 'server':
      return troubles.server[trouble.is]
  }
}

/** Whether this build has words for a failure code. */
export function hasWordsFor(code: string): code is FailureCode {
  return Object.keys(zh.troubles.server).includes(code)
}
