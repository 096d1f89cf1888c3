import { existsSync } from 'node:fs'
import path from 'node:path'
import proxy from '@fastify/http-proxy'
import files from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'
import { isOwnOrigin } from './own-origin.ts'

/** There is no browser build to serve. The message says how it is made. */
class BrowserBuildMissing extends Error {
  override readonly name = 'BrowserBuildMissing'
  readonly code = 'BROWSER_BUILD_MISSING'
}

const mend = 'make it with: npx pnpm --filter @kinpass/miniapp build:h5'

/**
 * Serves the browser build, with the API and the local WeChat's controls behind the same address.
 *
 * The folder may be built anew while it is served. A telephone on the same network may open the page: the calls that
 * it sends to the controls come from there, and the controls would take them for a stranger's.
 *
 * @throws {BrowserBuildMissing} when the folder is not there
 */
export function serveBrowserBuild(parts: {
  folder: string
  apiUrl: string
  controlUrl: string
}): FastifyInstance {
  const { folder, apiUrl, controlUrl } = parts
  if (!existsSync(folder)) {
    throw new BrowserBuildMissing(`The browser build ${folder} is missing: ${mend}.`)
  }
  const server = Fastify({ forceCloseConnections: true })
  server.register(files, { root: folder })
  server.register(proxy, { upstream: apiUrl, prefix: '/trpc', rewritePrefix: '/trpc' })
  server.register(proxy, {
    upstream: controlUrl,
    prefix: '/_sandbox',
    rewritePrefix: '/_sandbox',
    async preHandler({ headers }, reply) {
      if (!isOwnOrigin(headers)) await reply.code(403).send('Only the page of this address may steer WeChat.')
    },
    replyOptions: { rewriteRequestHeaders: (_request, { origin: _origin, ...headers }) => headers },
  })
  server.setNotFoundHandler((request, reply) => {
    const { pathname } = new URL(request.url, 'http://page')
    const isPage = request.method === 'GET' && path.extname(pathname.replace(/index\.html$/, '')) === ''
    if (!isPage) return reply.code(404).send()
    // The app's own addresses (/pages/…) are all the one page.
    if (existsSync(path.join(folder, 'index.html'))) return reply.sendFile('index.html')
    return reply.code(503).type('text/html; charset=utf-8').send(waitingPage)
  })
  return server
}

/** What stands in for the page while it is built; it looks again by itself. */
const waitingPage = `<!doctype html>
<meta charset="utf-8">
<meta http-equiv="refresh" content="2">
<title>Kinpass</title>
<p>The browser build is under way, or missing: ${mend}</p>
`
