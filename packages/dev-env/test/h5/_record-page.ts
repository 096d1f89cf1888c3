import type { Page } from 'playwright-core'
import { recordTexts } from './_in-page.ts'

// Chromium logs this for every failed request, including those that a test makes fail. A missing script or stylesheet
// is noticed by what the page shows.
const failedLoad = /^Failed to load resource/

/** Collects errors, requests and texts of a page. Call it before the page loads. */
export async function recordPage(page: Page) {
  const errors: string[] = []
  const externalRequests: string[] = []
  const calls = new Map<string, number>()
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !failedLoad.test(message.text())) errors.push(message.text())
  })
  page.on('request', (request) => {
    const { protocol, hostname, pathname } = new URL(request.url())
    if (/^https?:$/.test(protocol) && hostname !== '127.0.0.1') externalRequests.push(request.url())
    const [, procedure] = /^\/trpc\/(.+)$/.exec(pathname) ?? []
    if (procedure !== undefined) calls.set(procedure, (calls.get(procedure) ?? 0) + 1)
  })
  await page.addInitScript(recordTexts)
  return { errors, externalRequests, calls }
}
