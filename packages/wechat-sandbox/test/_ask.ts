import type { Sandbox } from '../src/index.ts'

/** An answer as it came over the wire. */
export interface Answered {
  readonly status: number
  readonly contentType: string | null
  readonly text: string
  readonly body: Readonly<Record<string, unknown>>
}

export async function ask(url: string | URL, init?: RequestInit): Promise<Answered> {
  const response = await fetch(url, init)
  const text = await response.text()
  const body: unknown = JSON.parse(text)
  if (typeof body !== 'object' || body === null) throw new Error(`not an object: ${text}`)
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    text,
    body: { ...body },
  }
}

export function post(url: string | URL, body: unknown): Promise<Answered> {
  return ask(url, { method: 'POST', body: JSON.stringify(body) })
}

/** A call to WeChat with a query. */
export function at(sandbox: Sandbox, path: string, query: Record<string, string> = {}): URL {
  const url = new URL(path, sandbox.url)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}

export function exchange(sandbox: Sandbox, code: string, more: Record<string, string> = {}) {
  const { appId, secret } = sandbox.app
  return ask(
    at(sandbox, '/sns/jscode2session', {
      appid: appId,
      secret,
      js_code: code,
      grant_type: 'authorization_code',
      ...more,
    }),
  )
}

export async function stableToken(sandbox: Sandbox, more: Record<string, unknown> = {}) {
  const { appId, secret } = sandbox.app
  return post(at(sandbox, '/cgi-bin/stable_token'), {
    grant_type: 'client_credential',
    appid: appId,
    secret,
    ...more,
  })
}

export async function tokenOf(sandbox: Sandbox): Promise<string> {
  return String((await stableToken(sandbox)).body.access_token)
}

export async function phoneOf(sandbox: Sandbox, code: string, more: Record<string, unknown> = {}) {
  const url = at(sandbox, '/wxa/business/getuserphonenumber', { access_token: await tokenOf(sandbox) })
  return post(url, { code, ...more })
}
