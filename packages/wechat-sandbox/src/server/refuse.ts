import type { WeChatCall } from './call.ts'
import { ErrcodeError } from './errcode-error.ts'
import { ERRCODE_TEXTS, endingOf } from './errcode-texts.ts'

/** WeChat's refusal of this call, in its own words unless `text` gives others. */
export function errcodeError(call: Pick<WeChatCall, 'path'>, errcode: number, text?: string): ErrcodeError {
  return new ErrcodeError(
    errcode,
    text ?? ERRCODE_TEXTS[errcode] ?? 'system error',
    endingOf(errcode, call.path),
  )
}
