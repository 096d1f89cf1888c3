import { type Browser, chromium } from 'playwright-core'

/** Generous, because a machine that runs other test suites starts a browser slowly. */
const START_TIMEOUT_MS = 180_000

/** Starts a headless Chromium that can reach 127.0.0.1 only and makes no background requests. */
export async function openChromium(executablePath: string): Promise<Browser> {
  return await chromium.launch({
    executablePath,
    timeout: START_TIMEOUT_MS,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  })
}
