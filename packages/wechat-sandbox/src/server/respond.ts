import { ALPHANUMERIC, type Mint } from '../state/id-generator.ts'
import { type Call, JSON_ANSWER, type Route } from './call.ts'
import { routes } from './endpoints/endpoints.ts'
import { errmsg, Refusal } from './errcode-error.ts'
import { refuse } from './refuse.ts'
import type { Sendable } from './send.ts'

const routeAt: ReadonlyMap<string, Route> = new Map(routes.map((route) => [route.path, route]))

export const isKnown = (path: string) => routeAt.has(path)

/** What WeChat answers to a call. */
export interface Decision extends Sendable {
  readonly errcode: number
}

/** Lets the route do its work; its refusals become answers. */
export function decide(call: Call): Decision {
  const route = routeAt.get(call.path)
  try {
    if (!route) throw refuse(call, 40066)
    return toDecision(route, 0, route.answer(call))
  } catch (thrown) {
    if (thrown instanceof Refusal) return toRefusalDecision(call, thrown)
    throw thrown
  }
}

/** The answer of a refusal that no route has thrown. */
export function toRefusalDecision(call: Call, refusal: Refusal): Decision {
  const text = errmsg(refusal, call.rid, () => createHint(call.world.mint))
  return toDecision(routeAt.get(call.path), refusal.errcode, { errcode: refusal.errcode, errmsg: text })
}

function toDecision(route: Route | undefined, errcode: number, body: object): Decision {
  return { status: 200, contentType: route?.contentType ?? JSON_ANSWER, body: JSON.stringify(body), errcode }
}

function createHint(mint: Mint): string {
  return `${mint.passing(ALPHANUMERIC, 9, 'hint', 'a')}-${mint.passing(ALPHANUMERIC, 6, 'hint', 'b')}`
}
