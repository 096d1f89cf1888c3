import type { IncomingMessage, ServerResponse } from 'node:http'
import { SandboxMisused } from '../misused.ts'
import { readBody } from '../wire/read-body.ts'
import type { ControlRoute, Controls } from './control-call.ts'
import { isLocalOrigin } from './local-origin.ts'
import { matchPath } from './match-path.ts'
import { peopleRoutes } from './people-routes.ts'
import { worldRoutes } from './world-routes.ts'

const MAX_BODY_BYTES = 1 << 20
const routes: readonly ControlRoute[] = [...peopleRoutes, ...worldRoutes]

/** Answers one call to the control plane, in JSON; a wrong call gets a sentence that names the mend. */
export async function serveControl(
  controls: Controls,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const origin = request.headers.origin
  if (origin !== undefined && !isLocalOrigin(origin)) {
    send(response, 403, sentence('FOREIGN_ORIGIN', 'the control plane serves pages of this machine only'))
    return
  }
  if (origin !== undefined) {
    response.setHeader('access-control-allow-origin', origin)
    response.setHeader('vary', 'origin')
  }
  if (request.method === 'OPTIONS') {
    response.writeHead(204, {
      'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
      'access-control-allow-headers': request.headers['access-control-request-headers'] ?? 'content-type',
      'access-control-max-age': '600',
    })
    response.end()
    return
  }
  const body = await readBody(request, MAX_BODY_BYTES)
  try {
    send(response, 200, answer(controls, request, body))
  } catch (thrown) {
    if (!(thrown instanceof SandboxMisused)) throw thrown
    send(response, statusOf(thrown), sentence(thrown.code, thrown.message))
  }
}

function answer(controls: Controls, request: IncomingMessage, body: Buffer | 'too-large'): unknown {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
  const atPath = routes.flatMap((route) => {
    const params = matchPath(route.path, path)
    return params ? [{ route, params }] : []
  })
  const match = atPath.find(({ route }) => route.method === request.method)
  if (match) return match.route.answer({ controls, params: match.params, input: readInput(body) })
  const known = (atPath.length > 0 ? atPath.map(({ route }) => route) : routes)
    .map(({ method, path: at }) => `${method} ${at}`)
    .join(', ')
  throw new SandboxMisused('NOT_FOUND', `there is no ${request.method} ${path}; there is ${known}`)
}

function readInput(body: Buffer | 'too-large'): unknown {
  if (body === 'too-large') throw new SandboxMisused('INVALID_INPUT', 'the body is larger than 1 MB')
  if (body.length === 0) return {}
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new SandboxMisused('INVALID_INPUT', 'the body is not JSON: send an object such as {}')
  }
}

function statusOf({ code }: SandboxMisused): number {
  if (code === 'NOT_FOUND' || code.startsWith('UNKNOWN_')) return 404
  return code === 'INVALID_INPUT' || code === 'INVALID_PHONE' ? 400 : 409
}

const sentence = (code: string, message: string) => ({ error: { code, message } })

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.end(JSON.stringify(body))
}
