import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from '../server/read-body.ts'
import { sendResponse } from '../server/send.ts'
import { type SandboxUsageCode, SandboxUsageError } from '../state/sandbox-usage-error.ts'
import { answerControl } from './control-answer.ts'
import type { ControlDeps } from './control-call.ts'
import { isLocalOrigin } from './local-origin.ts'
import { servePage } from './page/serve-page.ts'

const MAX_BODY_BYTES = 1 << 20

/** Answers one call to the control plane: its page in HTML, everything else in JSON. */
export async function serveControl(
  controls: ControlDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, MAX_BODY_BYTES)
  try {
    admitOrigin(request, response)
    if (request.method === 'OPTIONS') return answerPreflight(request, response)
    if (servePage(controls, request, response)) return
    if (body === 'too-large') throw new SandboxUsageError('TOO_LARGE', 'the body is larger than 1 MB')
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
    sendJson(response, 200, await answerControl(controls, request.method ?? 'GET', path, body))
  } catch (thrown) {
    if (!(thrown instanceof SandboxUsageError)) throw thrown
    sendJson(response, STATUS[thrown.code] ?? 409, { error: { code: thrown.code, message: thrown.message } })
  }
}

const STATUS: Partial<Record<SandboxUsageCode, number>> = {
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

// A page of the world that is open in the same browser must not steer the sandbox.
function admitOrigin({ headers }: IncomingMessage, response: ServerResponse): void {
  const { origin } = headers
  if (origin === undefined) return
  if (!isLocalOrigin(origin)) {
    throw new SandboxUsageError(
      'FOREIGN_ORIGIN',
      'only pages served from this machine may call the control plane',
    )
  }
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('vary', 'origin')
}

function answerPreflight({ headers }: IncomingMessage, response: ServerResponse): void {
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
