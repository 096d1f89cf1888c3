import proxy from '@fastify/http-proxy'
import files from '@fastify/static'
import Fastify, { type FastifyInstance } from 'fastify'

/** Serves the browser build, with the API and the local WeChat's controls behind the same address. */
export function serveBrowserBuild(parts: {
  folder: string
  apiUrl: string
  controlUrl: string
}): FastifyInstance {
  const server = Fastify({ forceCloseConnections: true })
  server.register(files, { root: parts.folder, wildcard: false })
  server.register(proxy, { upstream: parts.apiUrl, prefix: '/trpc', rewritePrefix: '/trpc' })
  server.register(proxy, { upstream: parts.controlUrl, prefix: '/_sandbox', rewritePrefix: '/_sandbox' })
  // The app's own addresses (/pages/…) are all the one page.
  server.setNotFoundHandler((request, reply) =>
    request.method === 'GET' ? reply.sendFile('index.html') : reply.code(404).send(),
  )
  return server
}
