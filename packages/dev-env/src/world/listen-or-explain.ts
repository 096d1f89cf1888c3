/** A port is in use. The message names the port and the setting that moves it. */
class PortTaken extends Error {
  override readonly name = 'PortTaken'
  readonly code = 'PORT_TAKEN'
}

/** Runs `listen`, and turns "address in use" into a sentence with the mend in it. `settings` names the ports it wants. */
export async function claimPorts<T>(settings: Record<string, number>, listen: () => Promise<T>): Promise<T> {
  try {
    return await listen()
  } catch (cause) {
    const { code, port } = cause as NodeJS.ErrnoException & { port?: number } // any thrown value may be asked
    if (code !== 'EADDRINUSE') throw cause
    const setting = Object.entries(settings).find(([, wanted]) => wanted === port)?.[0] ?? 'PORT'
    throw new PortTaken(
      `Port ${port} is taken by another program: end that one, or choose another port with ${setting}, as in ${setting}=${(port ?? 0) + 1000} npm start.`,
      { cause },
    )
  }
}
