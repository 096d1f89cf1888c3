import type { SealedPush } from './seal.ts'

/** What the app's server made of a push. */
export interface Delivery {
  /** It answered 200 with `success` or nothing. */
  readonly isAccepted: boolean
  readonly attempts: number
  /** The last answer; undefined when none came. */
  readonly status: number | undefined
  readonly body: string | undefined
}

export interface DeliveryOptions {
  /** WeChat waits 5 s for an answer. */
  readonly timeoutMs?: number
  /** WeChat tries three times in all. */
  readonly attempts?: number
}

/** Posts a push until it is accepted. */
export async function deliver(
  url: string,
  push: SealedPush,
  options: DeliveryOptions = {},
): Promise<Delivery> {
  const { timeoutMs = 5_000, attempts = 3 } = options
  let answer: Answer | undefined
  for (let attempt = 1; attempt <= attempts; attempt++) {
    answer = await ask(withQuery(url, push.query), timeoutMs, {
      method: 'POST',
      headers: { 'content-type': push.contentType },
      body: push.body,
    })
    if (answer && isAcceptance(answer)) return { isAccepted: true, attempts: attempt, ...answer }
  }
  return { isAccepted: false, attempts, status: answer?.status, body: answer?.body }
}

/** The check of the address that WeChat makes when its owner saves it: the server must echo `echostr`. */
export async function verifyUrl(
  url: string,
  query: Readonly<Record<string, string>>,
  options: DeliveryOptions = {},
): Promise<Delivery> {
  const answer = await ask(withQuery(url, query), options.timeoutMs ?? 5_000)
  const isAccepted = answer?.status === 200 && answer.body === query.echostr
  return { isAccepted, attempts: 1, status: answer?.status, body: answer?.body }
}

interface Answer {
  readonly status: number
  readonly body: string
}

const MAX_SHOWN = 2_000

function isAcceptance({ status, body }: Answer): boolean {
  return status === 200 && (body === '' || body.toLowerCase() === 'success')
}

async function ask(url: URL, timeoutMs: number, init: RequestInit = {}): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMs), redirect: 'manual' })
    return { status: response.status, body: (await response.text()).slice(0, MAX_SHOWN) }
  } catch (cause) {
    // fetch reports an unreachable server as TypeError, a late one as TimeoutError: no answer either way.
    if (cause instanceof TypeError || cause instanceof DOMException) return undefined
    throw cause
  }
}

function withQuery(base: string, query: Readonly<Record<string, string>>): URL {
  const url = new URL(base)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}
