import { decodeJwt } from 'jose'
import { failureOf, type RunningApi } from '../_api.ts'
import type { TestService } from '../_service.ts'

/** The service that the histories run on: two instances that share everything, and a wire to WeChat that counts. */
export interface Real {
  readonly service: TestService
  readonly instances: RunningApi[]
  /** How often each one-time code went to WeChat. */
  readonly sent: Map<string, number>
  /** Outages in a row, by endpoint and instance: five would open the client's fuse. */
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

/** An answer, or the failure in its place. */
export async function outcomeOf<T>(call: Promise<T>): Promise<{ answer: T } | { failure: string }> {
  try {
    return { answer: await call }
  } catch {
    return { failure: await failureOf(call) }
  }
}

export function sessionIdOf(token: string): string {
  return String(decodeJwt<{ sid?: string }>(token).sid)
}
