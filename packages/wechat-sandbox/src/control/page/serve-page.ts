import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendResponse } from '../../server/http.ts'
import type { ControlDeps } from '../route.ts'
import { renderPage } from './render-page.ts'
import { PAGE_SCRIPT } from './script.ts'
import { PAGE_STYLE } from './style.ts'

const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"

/** Serves the page, its style and its script. Returns false for any other request. */
export function servePage(deps: ControlDeps, request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== 'GET') return false
  switch ((request.url ?? '/').split('?', 1)[0]) {
    case '/':
      response.writeHead(302, { location: '/_sandbox/page' }).end()
      return true
    case '/_sandbox/page':
      response.setHeader('content-security-policy', CONTENT_SECURITY_POLICY)
      send('text/html', renderPage(deps).html)
      return true
    case '/_sandbox/page.css':
      send('text/css', PAGE_STYLE)
      return true
    case '/_sandbox/page.js':
      send('text/javascript', PAGE_SCRIPT)
      return true
    default:
      return false
  }

  function send(type: string, body: string): void {
    response.setHeader('cache-control', 'no-store')
    sendResponse(response, { status: 200, contentType: `${type}; charset=utf-8`, body })
  }
}
