import type { IncomingMessage, ServerResponse } from 'node:http'
import { ALPHANUMERIC, type Mint } from '../mint.ts'
import { routes } from '../routes/routes.ts'
import type { World } from '../world.ts'
import { type Call, JSON_ANSWER } from './call.ts'
import { readBody } from './read-body.ts'
import { errmsg, Refusal } from './refusal.ts'
import { createRid } from './rid.ts'

const MAX_BODY_BYTES = 1 << 20
const routeAt = new Map(routes.map((route) => [route.path, route]))

interface Answer {
  readonly contentType: string
  readonly body: string
  readonly errcode: number
}

/** Answers one HTTP request as api.weixin.qq.com would. */
export async function serveWeChat(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, MAX_BODY_BYTES)
  if (body === 'too-large') {
    response.writeHead(413, { 'content-type': 'text/html', connection: 'close' })
    response.end(gatewayPage('413 Request Entity Too Large'))
    return
  }
  const [path = '', search = ''] = splitOnce(request.url ?? '/', '?')
  const call: Call = {
    world,
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(search),
    body,
    remoteAddress: request.socket.remoteAddress ?? '',
    seen: {},
  }
  const rid = createRid(world.clock, world.mint)
  const answer = decide(call, rid)
  record(call, answer, rid)
  response.writeHead(200, { 'content-type': answer.contentType })
  response.end(answer.body)
}

function decide(call: Call, rid: string): Answer {
  const route = routeAt.get(call.path)
  const contentType = route?.contentType ?? JSON_ANSWER
  try {
    if (!route) throw new Refusal(40066, 'invalid url')
    return { contentType, body: JSON.stringify(route.answer(call)), errcode: 0 }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    const text = errmsg(thrown, rid, () => createHint(call.world.mint))
    const body = JSON.stringify({ errcode: thrown.errcode, errmsg: text })
    return { contentType, body, errcode: thrown.errcode }
  }
}

function record({ world, method, path, seen }: Call, answer: Answer, rid: string): void {
  world.calls.add({
    at: world.clock.now(),
    method,
    endpoint: routeAt.has(path) ? path : '(unknown)',
    appId: seen.app?.appId,
    person: seen.person?.name,
    errcode: answer.errcode,
    httpStatus: 200,
    rid,
    fault: undefined,
  })
}

function createHint(mint: Mint): string {
  return `${mint.passing(ALPHANUMERIC, 9, 'hint', 'a')}-${mint.passing(ALPHANUMERIC, 6, 'hint', 'b')}`
}

function gatewayPage(title: string): string {
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
