import Fastify, { type FastifyRequest } from 'fastify'

export interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** What becomes of one call: `passOn` lets the API do its work; `lost` cuts the connection instead of answering. */
export type Plan = (passOn: () => Promise<Answer>) => Promise<Answer | 'lost'>

/** What stands between the phone and the API. It passes everything on, except what a test has planned. */
export interface Gateway extends AsyncDisposable {
  readonly url: string
  /** The procedures that were called, in order. */
  readonly calls: readonly string[]
  readonly count: (procedure: string) => number
  /** Plans the next call of a procedure, after those that are planned. */
  readonly plan: (procedure: string, plan: Plan) => void
}

/** @param beforeAnswers holds back every call that no test has planned */
export async function startGateway(
  apiUrl: string,
  beforeAnswers: () => Promise<void> = async () => {},
): Promise<Gateway> {
  const calls: string[] = []
  const plans: { procedure: string; plan: Plan }[] = []

  function planOf(procedure: string): Plan {
    const at = plans.findIndex((planned) => planned.procedure === procedure)
    const [planned] = at < 0 ? [] : plans.splice(at, 1)
    return planned?.plan ?? passOnLater
  }

  async function passOnLater(passOn: () => Promise<Answer>) {
    await beforeAnswers()
    return await passOn()
  }

  const server = Fastify({ forceCloseConnections: true })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  server.all('/*', async (request, reply) => {
    const procedure = request.url.replace(/^\/trpc\/|\?.*$/g, '')
    calls.push(procedure)
    const answer = await planOf(procedure)(() => passOn(request, apiUrl))
    if (answer !== 'lost')
      return reply.code(answer.status).header('content-type', answer.type).send(answer.body)
    reply.hijack()
    reply.raw.destroy()
  })
  return {
    url: await server.listen({ host: '127.0.0.1', port: 0 }),
    calls,
    count: (procedure) => calls.filter((call) => call === procedure).length,
    plan: (procedure, plan) => void plans.push({ procedure, plan }),
    [Symbol.asyncDispose]: () => server.close(),
  }
}

async function passOn({ url, method, headers, body }: FastifyRequest, apiUrl: string): Promise<Answer> {
  const { host: _host, connection: _connection, 'content-length': _length, ...kept } = headers
  const answer = await fetch(`${apiUrl}${url}`, {
    method,
    headers: Object.entries(kept).map(([name, value]): [string, string] => [name, String(value)]),
    ...(typeof body === 'string' && { body }),
  })
  const type = answer.headers.get('content-type') ?? 'text/plain'
  return { status: answer.status, type, body: await answer.text() }
}
