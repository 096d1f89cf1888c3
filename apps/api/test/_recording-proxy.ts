import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Sandbox } from '@kinpass/wechat-sandbox'

/** An HTTP proxy between the API and WeChat that records the one-time codes it forwards. */
export interface RecordingProxy extends AsyncDisposable {
  readonly url: string
  timesCodeSent(code: string): number
  /** Requests to an endpoint such as `stable_token`. */
  countRequests(endpoint: string): number
  /** Holds requests to an endpoint back from WeChat until `release` is called. */
  hold(endpoint: string): { release(): void }
}

export async function startRecordingProxy(wechat: Sandbox): Promise<RecordingProxy> {
  const codes: string[] = []
  const endpoints: string[] = []
  const held = new Map<string, Promise<void>>()
  const server = createServer((request, response) => void forward(request, response))

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', wechat.url)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer) // no encoding is set
    const body = Buffer.concat(chunks).toString()
    const endpoint = String(url.pathname.split('/').at(-1))
    endpoints.push(endpoint)
    codes.push(url.searchParams.get('js_code') ?? (/"code":"([^"]+)"/.exec(body)?.[1] || ''))
    await held.get(endpoint)
    const upstream = await fetch(url, {
      method: request.method ?? 'GET',
      ...(body !== '' && { body, headers: { 'content-type': 'application/json' } }),
    }).catch(() => undefined)
    if (!upstream) return void response.destroy()
    const type = upstream.headers.get('content-type') ?? 'application/json'
    response.writeHead(upstream.status, { 'content-type': type }).end(await upstream.text())
  }

  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as { port: number } // a TCP server has one
  return {
    url: `http://127.0.0.1:${port}`,
    timesCodeSent: (code) => codes.filter((sent) => sent === code).length,
    countRequests: (endpoint) => endpoints.filter((called) => called === endpoint).length,
    hold(endpoint) {
      let resolveHeld = () => {}
      held.set(
        endpoint,
        new Promise((resolve) => {
          resolveHeld = resolve
        }),
      )
      return {
        release() {
          held.delete(endpoint)
          resolveHeld()
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
