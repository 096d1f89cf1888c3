import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

/**
 * Returns a random secret that is created once per machine.
 *
 * It is stored in `folder`, so that tokens and stored data stay valid after a restart.
 */
export async function developmentSecret(folder: string, name: string): Promise<string> {
  const file = path.join(folder, name)
  await mkdir(folder, { recursive: true })
  try {
    return await readFile(file, 'utf8')
  } catch {
    const secret = randomBytes(48).toString('base64')
    await writeFile(file, secret, { mode: 0o600 })
    return secret
  }
}
