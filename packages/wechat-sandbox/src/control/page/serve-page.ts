import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendResponse } from '../../server/send.ts'
import type { ControlDeps } from '../control-call.ts'
import { renderPage } from './render-page.ts'
import { PAGE_SCRIPT } from './script.ts'
import { PAGE_STYLE } from './style.ts'

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"

/** Serves the page, its style and its script; false when the call is for something else. */
export function servePage(
  controls: ControlDeps,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  if (request.method !== 'GET') return false
  switch ((request.url ?? '/').split('?', 1)[0]) {
    case '/':
      response.writeHead(302, { location: '/_sandbox/page' }).end()
      return true
    case '/_sandbox/page':
      response.setHeader('content-security-policy', POLICY)
      answer('text/html', renderPage(controls).html)
      return true
    case '/_sandbox/page.css':
      answer('text/css', PAGE_STYLE)
      return true
    case '/_sandbox/page.js':
      answer('text/javascript', PAGE_SCRIPT)
      return true
    default:
      return false
  }

  function answer(type: string, body: string): void {
    response.setHeader('cache-control', 'no-store')
    sendResponse(response, { status: 200, contentType: `${type}; charset=utf-8`, body })
  }
}
