import { createPhone, type PhoneOptions, WeappHost, type WeappHostOptions } from '../src/index.ts'
import { getDistPath } from './_build-taro-apps.ts'

/** Below Vitest's limit of a test, so that the error of `waitFor` is reported; long enough for a loaded machine. */
const WAIT_TIMEOUT_MS = 60_000

/** Starts the tour app on a phone. The returned host has the phone as a property. */
export async function launchTour(
  { platform = 'ios', ...phoneOptions }: Partial<PhoneOptions> = {},
  hostOptions: Partial<WeappHostOptions> = {},
) {
  const phone = createPhone({ platform, ...phoneOptions })
  const dist = getDistPath('tour-taro')
  const host = await WeappHost.launch({ dist, timeoutMs: WAIT_TIMEOUT_MS, ...phone, ...hostOptions })
  return Object.assign(host, { phone })
}

/** Returns the text of the first node that matches. */
export function getText(host: WeappHost, selector: string): string | undefined {
  return host.query(selector)?.text
}
