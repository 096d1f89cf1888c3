import type { Browser } from 'playwright-core'
import { describe } from 'vitest'
import { CHROMIUM_HINT, findChromium } from '../../src/browser/find-chromium.ts'
import { openChromium } from '../../src/browser/open-chromium.ts'

export interface Chromium {
  /** Its file; undefined where there is none. */
  readonly executable: string | undefined
}

export const foundChromium = findChromium(process.env)
const isSkipped = foundChromium === undefined && process.env.KINPASS_REQUIRE_ALL !== '1'

/** A suite that needs a browser. Without one it is skipped, and its name says what is missing. */
export function inBrowser(title: string, suite: () => void): void {
  describe.skipIf(isSkipped)(isSkipped ? `${title} (no Chromium: ${CHROMIUM_HINT})` : title, suite)
}

/** @throws where there is no Chromium, which comes to pass only when KINPASS_REQUIRE_ALL asks for one */
export async function openBrowser({ executable }: Chromium): Promise<Browser> {
  if (executable !== undefined) return await openChromium(executable)
  throw new Error(`KINPASS_REQUIRE_ALL is set, and there is no Chromium: ${CHROMIUM_HINT}`)
}
