import type { SealedPush } from './seal.ts'

/** The outcome of a push or of an address check. */
export interface Delivery {
  /** A push is accepted by 200 with `success` or an empty body; an address check by 200 with the echo. */
  readonly isAccepted: boolean
  readonly attempts: number
  /** Status and body of the last response; undefined when there was none. */
  readonly status: number | undefined
  readonly body: string | undefined
}

export interface DeliveryOptions {
  /** How long to wait for a response; 5 s by default, as WeChat does. */
  readonly timeoutMs?: number
  /** How often a push is tried in all; 3 by default, as WeChat does. */
  readonly attempts?: number
}

const TIMEOUT_MS = 5_000
const ATTEMPTS = 3
const MAX_BODY_CHARACTERS = 2_000

/** Posts a push until it is accepted or the attempts are used up. */
export async function deliver(
  url: string,
  push: SealedPush,
  options: DeliveryOptions = {},
): Promise<Delivery> {
  const { timeoutMs = TIMEOUT_MS, attempts = ATTEMPTS } = options
  let response: ReceiverResponse | undefined
  for (let attempt = 1; attempt <= attempts; attempt++) {
    response = await fetchReceiver(withQuery(url, push.query), timeoutMs, {
      method: 'POST',
      headers: { 'content-type': push.contentType },
      body: push.body,
    })
    if (response && isSuccess(response)) return { isAccepted: true, attempts: attempt, ...response }
  }
  return { isAccepted: false, attempts, status: response?.status, body: response?.body }
}

/** WeChat's check of a saved address: the server must echo `echostr`. */
export async function verifyUrl(
  url: string,
  query: Readonly<Record<string, string>>,
  options: DeliveryOptions = {},
): Promise<Delivery> {
  const response = await fetchReceiver(withQuery(url, query), options.timeoutMs ?? TIMEOUT_MS)
  const isAccepted = response?.status === 200 && response.body === query.echostr
  return { isAccepted, attempts: 1, status: response?.status, body: response?.body }
}

interface ReceiverResponse {
  readonly status: number
  readonly body: string
}

function isSuccess({ status, body }: ReceiverResponse): boolean {
  return status === 200 && (body === '' || body.toLowerCase() === 'success')
}

/** Undefined when the server is unreachable or too slow. */
async function fetchReceiver(
  url: URL,
  timeoutMs: number,
  init: RequestInit = {},
): Promise<ReceiverResponse | undefined> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs), redirect: 'manual' })
    return { status: response.status, body: (await response.text()).slice(0, MAX_BODY_CHARACTERS) }
  } catch (cause) {
    // fetch throws TypeError for an unreachable server and DOMException (TimeoutError) for a slow one.
    if (cause instanceof TypeError || cause instanceof DOMException) return undefined
    throw cause
  }
}

function withQuery(base: string, query: Readonly<Record<string, string>>): URL {
  const url = new URL(base)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}
