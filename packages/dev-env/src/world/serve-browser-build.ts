import { existsSync } from 'node:fs'
import path from 'node:path'
import proxy from '@fastify/http-proxy'
import files from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'
import { isOwnOrigin } from './own-origin.ts'

/** The folder of the browser build does not exist. The message names the build command. */
class BrowserBuildMissingError extends Error {
  override readonly name = 'BrowserBuildMissingError'
  readonly code = 'BROWSER_BUILD_MISSING'
}

const BUILD_HINT = 'build it with: npx pnpm --filter @kinpass/miniapp build:h5'

/**
 * Serves the browser build, and proxies the API and the sandbox's control plane at the same origin.
 *
 * The folder may be rebuilt while it is served. The proxy removes the Origin header of control requests, because the
 * control plane refuses the origin of a phone on the same network; `isOwnOrigin` checks it instead.
 *
 * @throws {BrowserBuildMissingError} when the folder does not exist
 */
export function serveBrowserBuild(options: {
  folder: string
  apiUrl: string
  controlUrl: string
}): FastifyInstance {
  const { folder, apiUrl, controlUrl } = options
  if (!existsSync(folder)) {
    throw new BrowserBuildMissingError(`The browser build ${folder} is missing: ${BUILD_HINT}.`)
  }
  const server = Fastify({ forceCloseConnections: true })
  server.register(files, { root: folder })
  server.register(proxy, { upstream: apiUrl, prefix: '/trpc', rewritePrefix: '/trpc' })
  server.register(proxy, {
    upstream: controlUrl,
    prefix: '/_sandbox',
    rewritePrefix: '/_sandbox',
    async preHandler({ headers }, reply) {
      if (!isOwnOrigin(headers)) await reply.code(403).send('The control plane accepts its own origin only.')
    },
    replyOptions: { rewriteRequestHeaders: (_request, { origin: _origin, ...headers }) => headers },
  })
  server.setNotFoundHandler((request, reply) => {
    const { pathname } = new URL(request.url, 'http://page')
    const isPage = request.method === 'GET' && path.extname(pathname.replace(/index\.html$/, '')) === ''
    if (!isPage) return reply.code(404).send()
    // Every path of the app's router (/pages/…) is served by the same HTML file.
    if (existsSync(path.join(folder, 'index.html'))) return reply.sendFile('index.html')
    return reply.code(503).type('text/html; charset=utf-8').send(PLACEHOLDER_PAGE)
  })
  return server
}

/** Served while index.html is missing. Reloads every two seconds. */
const PLACEHOLDER_PAGE = `<!doctype html>
<meta charset="utf-8">
<meta http-equiv="refresh" content="2">
<title>Kinpass</title>
<p>The browser build is in progress or missing: ${BUILD_HINT}</p>
`
