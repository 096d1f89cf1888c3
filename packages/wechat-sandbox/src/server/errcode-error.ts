import type { WeChatCall } from './call.ts'
import { ERRCODE_TEXTS } from './errcode-texts.ts'

/** The end of an `errmsg`: `, rid: …`, ` rid: …`, or ` hint: [IfdFrrMre-JPlAXa] rid: …`. */
type ErrmsgSuffix = 'comma' | 'blank' | 'hint'

/** WeChat's `{ errcode, errmsg }` with HTTP 200. Thrown by endpoints; `respond` turns it into a response. */
export class ErrcodeError extends Error {
  override readonly name = 'ErrcodeError'
  readonly errcode: number
  readonly suffix: ErrmsgSuffix

  constructor(errcode: number, text: string, suffix: ErrmsgSuffix) {
    super(text)
    this.errcode = errcode
    this.suffix = suffix
  }
}

/** Creates the error of this call, with WeChat's own text unless `text` is given. */
export function errcodeError(call: Pick<WeChatCall, 'path'>, errcode: number, text?: string): ErrcodeError {
  return new ErrcodeError(
    errcode,
    text ?? ERRCODE_TEXTS[errcode] ?? 'system error',
    suffixOf(errcode, call.path),
  )
}

/** The whole `errmsg` of an error. `hint` is only called for the errcodes that have one. */
export function toErrmsg({ suffix, message }: ErrcodeError, rid: string, hint: () => string): string {
  switch (suffix) {
    case 'comma':
      return `${message}, rid: ${rid}`
    case 'blank':
      return `${message} rid: ${rid}`
    case 'hint':
      return `${message} hint: [${hint()}] rid: ${rid}`
  }
}

/** Published responses of getuserphonenumber with 40029, 44002 and 47001 contain a hint. */
const ERRCODES_WITH_HINT = new Set([40029, 43002, 44002, 47001])

function suffixOf(errcode: number, path: string): ErrmsgSuffix {
  if (path.startsWith('/sns/')) return 'comma'
  return ERRCODES_WITH_HINT.has(errcode) ? 'hint' : 'blank'
}
