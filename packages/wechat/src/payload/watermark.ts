import { z } from 'zod'
import { WeChatResponseError } from '../errors/errors.ts'

export const Watermark = z.object({ appid: z.string(), timestamp: z.coerce.number().int().nonnegative() })
export type Watermark = z.infer<typeof Watermark>

/** Which watermarks are accepted. */
export interface WatermarkRule {
  readonly appId: string
  /** Maximum age. Half of it is accepted in the future, for clock skew. */
  readonly maxAgeMs: number
  readonly clock: () => Date
}

/** Verifies appid and age of a watermark; returns its time, which is when the user consented. */
export function verifyWatermark(
  { appid, timestamp }: Watermark,
  { source, watermarkRule }: { source: WeChatResponseError['endpoint']; watermarkRule: WatermarkRule },
): Date {
  const { appId, maxAgeMs, clock } = watermarkRule
  if (appid !== appId) throw new WeChatResponseError({ endpoint: source, reason: 'watermark-appid' })
  const time = new Date(timestamp * 1_000)
  const ageMs = clock().getTime() - time.getTime()
  // Negated, because the age of an invalid date is NaN, which fails every comparison.
  if (!(ageMs <= maxAgeMs && ageMs >= -maxAgeMs / 2)) {
    throw new WeChatResponseError({ endpoint: source, reason: 'watermark-age' })
  }
  return time
}
