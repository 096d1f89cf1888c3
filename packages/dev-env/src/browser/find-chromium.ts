import { accessSync, constants } from 'node:fs'
import path from 'node:path'

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

const MACOS_APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** What to do when no Chromium is found, for error messages. */
export const CHROMIUM_HINT = 'install Chromium, or set KINPASS_CHROMIUM to its path'

/**
 * Returns the path of a Chromium executable, or undefined when there is none.
 *
 * KINPASS_CHROMIUM takes precedence: when it is set, no other path is tried.
 */
export function findChromium(env: Record<string, string | undefined>): string | undefined {
  const { KINPASS_CHROMIUM: configured, PATH = '' } = env
  if (configured) return isExecutable(configured) ? configured : undefined
  const onPath = PATH.split(path.delimiter)
  const candidates = COMMANDS.flatMap((command) => onPath.map((folder) => path.join(folder, command)))
  return [...candidates, ...MACOS_APPLICATIONS].find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false // The file is missing, or this user may not execute it.
  }
}
