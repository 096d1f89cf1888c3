import { SandboxUsageError } from '../state/sandbox-usage-error.ts'
import { appRoutes } from './app-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { type ControlDeps, type ControlRoute, route } from './route.ts'
import { stateRoutes } from './state-routes.ts'

const index = route({
  on: 'GET /_sandbox',
  about: 'list the routes',
  handle: ({ deps }) => ({
    wechat: deps.wechatUrl,
    routes: routes.map(({ method, path, about }) => ({ method, path, about })),
  }),
})

const routes: readonly ControlRoute[] = [index, ...peopleRoutes, ...appRoutes, ...stateRoutes]

/** Returns the JSON of the response. Throws {@link SandboxUsageError} for an invalid call. */
export async function routeControlCall(
  deps: ControlDeps,
  { method, path, body }: { readonly method: string; readonly path: string; readonly body: Buffer },
): Promise<unknown> {
  const trimmed = path.length > 1 ? path.replace(/\/$/, '') : path
  const candidates = routes.flatMap((one) => {
    const params = matchPath(one.path, trimmed)
    return params ? [{ route: one, params }] : []
  })
  const match = candidates.find((one) => one.route.method === method)
  if (match) return match.route.handle({ deps, params: match.params, input: parseJson(body) })
  if (candidates.length > 0) {
    const methods = candidates.map((one) => one.route.method).join(' or ')
    throw new SandboxUsageError('WRONG_METHOD', `${method} ${path} does not exist: use ${methods}`)
  }
  throw new SandboxUsageError('NOT_FOUND', `${path} does not exist: GET /_sandbox lists the routes`)
}

/** The decoded parameters of `path`, or undefined when it does not match `pattern`. */
function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, segment] of wanted.entries()) {
    const text = given[index] ?? ''
    if (segment.startsWith(':')) params[segment.slice(1)] = decode(text)
    else if (segment !== text) return undefined
  }
  return params
}

/** Returns a segment with an invalid escape as it is. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch (cause) {
    if (cause instanceof URIError) return segment
    throw cause
  }
}

/** An empty body is an empty object. */
function parseJson(body: Buffer): unknown {
  if (body.length === 0) return {}
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw new SandboxUsageError('INVALID_INPUT', 'the body is not JSON: send an object such as {}')
  }
}
