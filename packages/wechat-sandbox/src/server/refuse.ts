import type { Call } from './call.ts'
import { Refusal } from './errcode-error.ts'
import { ERRCODE_TEXTS, endingOf } from './errcode-texts.ts'

/** WeChat's refusal of this call, in its own words unless `text` gives others. */
export function refuse(call: Pick<Call, 'path'>, errcode: number, text?: string): Refusal {
  return new Refusal(errcode, text ?? ERRCODE_TEXTS[errcode] ?? 'system error', endingOf(errcode, call.path))
}
