import { ALPHANUMERIC, type IdGenerator } from '../state/id-generator.ts'
import type { WeChatCall } from './call.ts'
import { JSON_CONTENT_TYPE, type WeChatEndpoint } from './endpoints/endpoint.ts'
import { endpoints } from './endpoints/endpoints.ts'
import { ErrcodeError, errcodeError, toErrmsg } from './errcode-error.ts'
import type { ResponseContent } from './http.ts'

const byPath: ReadonlyMap<string, WeChatEndpoint> = new Map(
  endpoints.map((endpoint) => [endpoint.path, endpoint]),
)

export const hasEndpoint = (path: string) => byPath.has(path)

export interface WeChatResponse extends ResponseContent {
  /** 0 for success. */
  readonly errcode: number
}

/** Runs the endpoint of a call; its ErrcodeErrors become responses. */
export function respond(call: WeChatCall): WeChatResponse {
  const endpoint = byPath.get(call.path)
  try {
    if (!endpoint) throw errcodeError(call, 40066)
    return toResponse(endpoint, 0, endpoint.handle(call))
  } catch (thrown) {
    if (thrown instanceof ErrcodeError) return toErrorResponse(call, thrown)
    throw thrown
  }
}

export function toErrorResponse(call: WeChatCall, error: ErrcodeError): WeChatResponse {
  const { errcode } = error
  const errmsg = toErrmsg(error, call.rid, () => createHint(call.state.ids))
  return toResponse(byPath.get(call.path), errcode, { errcode, errmsg })
}

function toResponse(endpoint: WeChatEndpoint | undefined, errcode: number, body: object): WeChatResponse {
  const contentType = endpoint?.contentType ?? JSON_CONTENT_TYPE
  return { status: 200, contentType, body: JSON.stringify(body), errcode }
}

function createHint(ids: IdGenerator): string {
  return `${ids.unique(ALPHANUMERIC, 9, 'hint', 'a')}-${ids.unique(ALPHANUMERIC, 6, 'hint', 'b')}`
}
