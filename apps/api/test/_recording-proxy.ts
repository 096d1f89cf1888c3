import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Sandbox } from '@kinpass/wechat-sandbox'

/** Stands between the API and WeChat and writes down which one-time codes go by. */
export interface Witness extends AsyncDisposable {
  readonly url: string
  /** How often each code has been sent. */
  timesSent(code: string): number
  /** How often an endpoint has been called: `stable_token`. */
  calls(endpoint: string): number
  /** Keeps what is sent to an endpoint from WeChat until it is let go. */
  hold(endpoint: string): { letGo(): void }
}

export async function startWitness(wechat: Sandbox): Promise<Witness> {
  const codes: string[] = []
  const endpoints: string[] = []
  const held = new Map<string, Promise<void>>()
  const server = createServer((request, response) => void pass(request, response))

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', wechat.url)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer) // no encoding is set
    const body = Buffer.concat(chunks).toString()
    const endpoint = String(url.pathname.split('/').at(-1))
    endpoints.push(endpoint)
    codes.push(url.searchParams.get('js_code') ?? (/"code":"([^"]+)"/.exec(body)?.[1] || ''))
    await held.get(endpoint)
    const answer = await fetch(url, {
      method: request.method ?? 'GET',
      ...(body !== '' && { body, headers: { 'content-type': 'application/json' } }),
    }).catch(() => undefined)
    if (!answer) return void response.destroy()
    const type = answer.headers.get('content-type') ?? 'application/json'
    response.writeHead(answer.status, { 'content-type': type }).end(await answer.text())
  }

  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as { port: number } // a TCP server has one
  return {
    url: `http://127.0.0.1:${port}`,
    timesSent: (code) => codes.filter((sent) => sent === code).length,
    calls: (endpoint) => endpoints.filter((called) => called === endpoint).length,
    hold(endpoint) {
      let open = () => {}
      held.set(
        endpoint,
        new Promise((resolve) => {
          open = resolve
        }),
      )
      return {
        letGo() {
          held.delete(endpoint)
          open()
        },
      }
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}
