import { createPhone, type PhoneOptions, WeappHost, type WeappHostOptions } from '../src/index.ts'
import { distOf } from './_build-taro-apps.ts'

/** Starts the tour on a phone; the phone is given back beside the host. */
export async function launchTour(
  { platform = 'ios', ...phoneOptions }: Partial<PhoneOptions> = {},
  hostOptions: Partial<WeappHostOptions> = {},
) {
  const phone = createPhone({ platform, ...phoneOptions })
  const host = await WeappHost.launch({ dist: distOf('tour-taro'), ...phone, ...hostOptions })
  return Object.assign(host, { phone })
}

/** The text of one node. */
export function textAt(host: WeappHost, selector: string): string | undefined {
  return host.query(selector)?.text
}
