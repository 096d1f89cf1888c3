import { isIP } from 'node:net'

/**
 * Whether a request comes from a page of the host that it is sent to.
 *
 * True without an Origin header: such a request comes from no page. Host names other than localhost are refused, because
 * a foreign page can resolve its own name to this machine (DNS rebinding).
 */
export function isOwnOrigin({ origin, host }: { origin?: string | undefined; host?: string | undefined }) {
  if (origin === undefined) return true
  if (!URL.canParse(origin)) return false
  const { host: originHost, hostname } = new URL(origin)
  const name = hostname.replace(/^\[|\]$/g, '')
  return originHost === host && (name === 'localhost' || isIP(name) !== 0)
}
