import { accessSync, constants } from 'node:fs'
import path from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** What to do where none is found. */
export const chromiumMend = 'install Chromium, or name one with KINPASS_CHROMIUM'

/** The Chromium that KINPASS_CHROMIUM names, or else one of this machine; undefined when there is none. */
export function findChromium(environment: Record<string, string | undefined>): string | undefined {
  const { KINPASS_CHROMIUM: named, PATH = '' } = environment
  if (named) return canRun(named) ? named : undefined
  const onPath = names.flatMap((name) => PATH.split(path.delimiter).map((folder) => path.join(folder, name)))
  return [...onPath, ...applications].find(canRun)
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false // Not there, or not ours to run.
  }
}
