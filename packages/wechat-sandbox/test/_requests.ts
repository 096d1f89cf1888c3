import type { Sandbox } from '../src/index.ts'

export interface JsonResponse {
  readonly status: number
  readonly contentType: string | null
  readonly text: string
  readonly body: Readonly<Record<string, unknown>>
}

/** Fails for a body that is not a JSON object. */
export async function fetchJson(url: string | URL, init?: RequestInit): Promise<JsonResponse> {
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

export function postJson(url: string | URL, body: unknown): Promise<JsonResponse> {
  return fetchJson(url, { method: 'POST', body: JSON.stringify(body) })
}

export function wechatUrl(sandbox: Sandbox, path: string, query: Record<string, string> = {}): URL {
  const url = new URL(path, sandbox.url)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}

/** jscode2session for the first app; `overrides` replaces query parameters. */
export function exchangeLoginCode(sandbox: Sandbox, code: string, overrides: Record<string, string> = {}) {
  const { appId, secret } = sandbox.app
  return fetchJson(
    wechatUrl(sandbox, '/sns/jscode2session', {
      appid: appId,
      secret,
      js_code: code,
      grant_type: 'authorization_code',
      ...overrides,
    }),
  )
}

/** stable_token for the first app; `overrides` replaces body fields. */
export async function fetchStableToken(sandbox: Sandbox, overrides: Record<string, unknown> = {}) {
  const { appId, secret } = sandbox.app
  return postJson(wechatUrl(sandbox, '/cgi-bin/stable_token'), {
    grant_type: 'client_credential',
    appid: appId,
    secret,
    ...overrides,
  })
}

export async function fetchAccessToken(sandbox: Sandbox): Promise<string> {
  return String((await fetchStableToken(sandbox)).body.access_token)
}

/** getuserphonenumber with a fresh access token; `overrides` adds body fields. */
export async function exchangePhoneCode(
  sandbox: Sandbox,
  code: string,
  overrides: Record<string, unknown> = {},
) {
  const url = wechatUrl(sandbox, '/wxa/business/getuserphonenumber', {
    access_token: await fetchAccessToken(sandbox),
  })
  return postJson(url, { code, ...overrides })
}
