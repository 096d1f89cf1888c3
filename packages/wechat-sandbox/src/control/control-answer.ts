import { SandboxUsageError } from '../state/sandbox-usage-error.ts'
import { appRoutes } from './app-routes.ts'
import { type ControlDeps, type ControlRoute, route } from './control-call.ts'
import { matchPath } from './match-path.ts'
import { peopleRoutes } from './people-routes.ts'
import { worldRoutes } from './state-routes.ts'

const index = route({
  on: 'GET /_sandbox',
  about: 'this list',
  answer: ({ deps }) => ({
    wechat: deps.wechatUrl,
    routes: routes.map(({ method, path, about }) => ({ method, path, about })),
  }),
})

const routes: readonly ControlRoute[] = [index, ...peopleRoutes, ...appRoutes, ...worldRoutes]

/** The JSON that answers a call; throws {@link SandboxUsageError} with a sentence that names the mend. */
export async function answerControl(
  deps: ControlDeps,
  method: string,
  path: string,
  body: Buffer,
): Promise<unknown> {
  const trimmed = path.length > 1 ? path.replace(/\/$/, '') : path
  const atPath = routes.flatMap((one) => {
    const params = matchPath(one.path, trimmed)
    return params ? [{ route: one, params }] : []
  })
  const match = atPath.find((one) => one.route.method === method)
  if (match) return match.route.handle({ deps, params: match.params, input: readInput(body) })
  if (atPath.length > 0) {
    const methods = atPath.map((one) => one.route.method).join(' or ')
    throw new SandboxUsageError('WRONG_METHOD', `${path} takes ${methods}, not ${method}`)
  }
  throw new SandboxUsageError('NOT_FOUND', `there is nothing at ${path}: GET /_sandbox lists what there is`)
}

function readInput(body: Buffer): unknown {
  if (body.length === 0) return {}
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw new SandboxUsageError('INVALID_INPUT', 'the body is not JSON: send an object such as {}')
  }
}
