import { z } from 'zod'
import { WeChatResponseError } from '../errors/errors.ts'

export const Watermark = z.object({ appid: z.string(), timestamp: z.coerce.number().int().nonnegative() })
export type Watermark = z.infer<typeof Watermark>

/** Which watermarks to trust. */
export interface WatermarkRule {
  readonly appId: string
  /** How far a watermark may lie in the past; how far in the future, for clocks that differ, is half of it. */
  readonly maxAgeMs: number
  readonly clock: () => Date
}

/** Checks whose data this is and how old; gives the time of the user's tap. */
export function verifyWatermark(
  { appid, timestamp }: Watermark,
  { source, watermark }: { source: WeChatResponseError['endpoint']; watermark: WatermarkRule },
): Date {
  if (appid !== watermark.appId)
    throw new WeChatResponseError({ endpoint: source, reason: 'watermark-appid' })
  const madeAt = new Date(timestamp * 1_000)
  const ageMs = watermark.clock().getTime() - madeAt.getTime()
  // An invalid date has an age of NaN, which is not within the bounds.
  if (!(ageMs <= watermark.maxAgeMs && ageMs >= -watermark.maxAgeMs / 2)) {
    throw new WeChatResponseError({ endpoint: source, reason: 'watermark-age' })
  }
  return madeAt
}
