import type { Browser } from 'playwright-core'
import { describe } from 'vitest'
import { CHROMIUM_HINT, findChromium } from '../../src/browser/find-chromium.ts'
import { openChromium } from '../../src/browser/open-chromium.ts'

export interface TestChromium {
  /** The path of the executable; undefined when no Chromium was found. */
  readonly executable: string | undefined
}

export const testChromium: TestChromium = { executable: findChromium(process.env) }
const isSkipped = testChromium.executable === undefined && process.env.KINPASS_REQUIRE_ALL !== '1'

/** A suite that needs Chromium. Without it the suite is skipped, and its title gives the reason. */
export function describeInBrowser(title: string, suite: () => void): void {
  describe.skipIf(isSkipped)(isSkipped ? `${title} (no Chromium: ${CHROMIUM_HINT})` : title, suite)
}

/** @throws {Error} without Chromium; such suites run only when KINPASS_REQUIRE_ALL is set */
export async function openTestBrowser({ executable }: TestChromium): Promise<Browser> {
  if (executable !== undefined) return await openChromium(executable)
  throw new Error(`KINPASS_REQUIRE_ALL is set, but no Chromium was found: ${CHROMIUM_HINT}`)
}
