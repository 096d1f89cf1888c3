import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody, sendResponse } from '../server/http.ts'
import { type SandboxUsageCode, SandboxUsageError } from '../state/sandbox-usage-error.ts'
import { servePage } from './page/serve-page.ts'
import type { ControlDeps } from './route.ts'
import { routeControlCall } from './router.ts'

const MAX_BODY_BYTES = 1 << 20

/** Handles one request to the control plane: HTML for its page, JSON for everything else. */
export async function serveControl(
  deps: ControlDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, MAX_BODY_BYTES)
  try {
    allowLocalOrigin(request, response)
    if (request.method === 'OPTIONS') return sendPreflight(request, response)
    if (servePage(deps, request, response)) return
    if (body === 'too-large') {
      throw new SandboxUsageError('TOO_LARGE', 'the body is larger than 1 MB: send less')
    }
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    const content = await routeControlCall(deps, { method: request.method ?? 'GET', path, body })
    sendJson(response, 200, content)
  } catch (thrown) {
    if (!(thrown instanceof SandboxUsageError)) throw thrown
    const { code, message } = thrown
    sendJson(response, HTTP_STATUS[code] ?? 409, { error: { code, message } })
  }
}

const HTTP_STATUS: Partial<Record<SandboxUsageCode, number>> = {
  NOT_FOUND: 404,
  UNKNOWN_APP: 404,
  UNKNOWN_PERSON: 404,
  UNKNOWN_PHONE: 404,
  INVALID_INPUT: 400,
  INVALID_PHONE: 400,
  FOREIGN_ORIGIN: 403,
  WRONG_METHOD: 405,
  TOO_LARGE: 413,
}

/** CORS for pages of this machine only: a foreign page in the same browser must not control the sandbox. */
function allowLocalOrigin({ headers }: IncomingMessage, response: ServerResponse): void {
  const { origin } = headers
  if (origin === undefined) return
  if (!/^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(origin)) {
    throw new SandboxUsageError(
      'FOREIGN_ORIGIN',
      'the page is not local: call the control plane from a page on localhost',
    )
  }
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('vary', 'origin')
}

function sendPreflight({ headers }: IncomingMessage, response: ServerResponse): void {
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? 'content-type',
    'access-control-max-age': '600',
  })
  response.end()
}

function sendJson(response: ServerResponse, status: number, content: unknown): void {
  response.setHeader('cache-control', 'no-store')
  sendResponse(response, {
    status,
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify(content),
  })
}
