import { isIP } from 'node:net'

/**
 * Does the call come from a page of the very address that it is sent to? A call without an origin comes from no page.
 *
 * Names are trusted for this machine alone: a stranger's page can give its own name the address of this machine.
 */
export function isOwnOrigin({ origin, host }: { origin?: string | undefined; host?: string | undefined }) {
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  const { host: from, hostname } = new URL(origin)
  const name = hostname.replace(/^\[|\]$/g, '')
  return from === host && (name === 'localhost' || isIP(name) !== 0)
}
