import { createServer } from 'node:net'

const ATTEMPTS = 10

/** Starts a server on a free port. Another process may take the port first; then another port is tried. */
export async function startOnFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(await findFreePort())
    } catch (error) {
      if (attempt === ATTEMPTS) throw error
    }
  }
}

/** Finds a port that is free now. Another process may take it: prefer `startOnFreePort` or port 0. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
