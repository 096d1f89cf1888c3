import type { Page } from 'playwright-core'

// Chromium writes this for each call that fails, also for those that a test lets fail. Whether a script or a
// stylesheet came is plain from what is seen.
const failedLoad = /^Failed to load resource/

/** Keeps what a page does wrong, and which procedures it calls. */
export async function watchPage(page: Page) {
  const complaints: string[] = []
  const strangers: string[] = []
  const calls = new Map<string, number>()
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !failedLoad.test(message.text())) complaints.push(message.text())
  })
  page.on('request', (request) => {
    const { protocol, hostname, pathname } = new URL(request.url())
    if (/^https?:$/.test(protocol) && hostname !== '127.0.0.1') strangers.push(request.url())
    const [, procedure] = /^\/trpc\/(.+)$/.exec(pathname) ?? []
    if (procedure !== undefined) calls.set(procedure, (calls.get(procedure) ?? 0) + 1)
  })
  return { complaints, strangers, calls }
}
