/** A port is in use. The message names the port and the setting that changes it. */
class PortInUseError extends Error {
  override readonly name = 'PortInUseError'
  readonly code = 'PORT_IN_USE'
}

/**
 * Runs `listen` and translates EADDRINUSE into a `PortInUseError`.
 *
 * @param ports The requested port of each setting, to find the setting of the port that is in use.
 */
export async function listenOrExplain<T>(
  ports: Record<string, number>,
  listen: () => Promise<T>,
): Promise<T> {
  try {
    return await listen()
  } catch (cause) {
    const { code, port = 0 } = cause as NodeJS.ErrnoException & { port?: number } // Both may be undefined.
    if (code !== 'EADDRINUSE') throw cause
    const setting = Object.entries(ports).find(([, requested]) => requested === port)?.[0] ?? 'PORT'
    throw new PortInUseError(
      `Port ${port} is in use: stop the program that listens on it, or set ${setting} to another port, as in ${setting}=${port + 1000} npm start.`,
      { cause },
    )
  }
}
