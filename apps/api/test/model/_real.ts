import { decodeJwt } from 'jose'
import { failureOf, type RunningApi } from '../_api.ts'
import type { TestService } from '../_service.ts'

/** The system under test: two instances of the API that share everything, with a count of the codes they send. */
export interface Real {
  readonly service: TestService
  readonly instances: RunningApi[]
  /** How often each one-time code was sent to WeChat. */
  readonly sent: Map<string, number>
  /** Consecutive outages by endpoint and instance. Five would open the circuit breaker. */
  readonly outages: Map<string, number>
  restart(instance: number): Promise<void>
}

export async function openReal(service: TestService): Promise<Real> {
  const sent = new Map<string, number>()
  const outages = new Map<string, number>()
  const start = () => service.start({}, { fetch: countCodes(sent) })
  const instances = [await start(), await start()]
  return {
    service,
    instances,
    sent,
    outages,
    async restart(instance) {
      await instances[instance]?.[Symbol.asyncDispose]()
      instances[instance] = await start()
      for (const name of outages.keys()) if (name.endsWith(` ${instance}`)) outages.delete(name)
    },
  }
}

function countCodes(sent: Map<string, number>): typeof fetch {
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const { code } = JSON.parse(typeof init?.body === 'string' ? init.body : '{}') as { code?: string }
    const oneTimeCode = url.searchParams.get('js_code') ?? code
    if (oneTimeCode !== undefined && oneTimeCode !== null)
      sent.set(oneTimeCode, (sent.get(oneTimeCode) ?? 0) + 1)
    return fetch(input, init)
  }
}

/** Settles a call: its output, or its failure code. */
export async function resultOf<T>(call: Promise<T>): Promise<{ output: T } | { failure: string }> {
  try {
    return { output: await call }
  } catch {
    return { failure: await failureOf(call) }
  }
}

export function sessionIdOf(token: string): string {
  return String(decodeJwt<{ sid?: string }>(token).sid)
}
