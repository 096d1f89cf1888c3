import type { Person } from '@kinpass/wechat-sandbox'
import type { World } from '../src/world/world.ts'
import { zh } from './_messages.ts'

/** A person who uses the mini-program, in Chromium or in weapp-host. */
export interface AppDriver extends AsyncDisposable {
  readonly person: Person
  /** Waits until all texts are visible. */
  readonly sees: (...texts: readonly string[]) => Promise<void>
  /** Waits until a text is not visible. */
  readonly seesNoMore: (text: string) => Promise<void>
  /** Waits for a button, and taps it. `label` is its text or its accessible name. */
  readonly taps: (label: string) => Promise<void>
  /** Logs in from the home page, and waits until the login is complete. */
  readonly logsIn: () => Promise<void>
}

/** Opens the login popup from the home page. */
export async function openPopup({ taps, sees }: Pick<AppDriver, 'taps' | 'sees'>): Promise<void> {
  await taps(zh.day.visit)
  await sees(zh.login.title, zh.login.notNow)
}

let people = 0

/** Adds a person with a phone number of their own to the sandbox. */
export function addNewPerson({ wechat }: World): Person {
  people += 1
  const suffix = String(people).padStart(4, '0')
  return wechat.addPerson({ name: `alice ${suffix}`, phones: [`+861380000${suffix}`] })
}

/** Finds an access token (a JWT) in stored data. */
export function findAccessToken(stored: unknown): string | undefined {
  return JSON.stringify(stored).match(/eyJ[\w-]+\.[\w-]+\.[\w-]+/)?.[0]
}
