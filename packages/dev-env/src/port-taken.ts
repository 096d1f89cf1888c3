/** A port is in use. The message names the port and the setting that moves it. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken'
  readonly code = 'PORT_TAKEN'
}

/** Runs `listen`, and turns "address in use" into a sentence with the mend in it. */
export async function claimPort<T>(setting: string, port: number, listen: () => Promise<T>): Promise<T> {
  try {
    return await listen()
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause // any thrown value may be asked for a code
    const free = port + 1000
    throw new PortTaken(
      `Port ${port} is taken by another program: end that one, or choose another port with ${setting}, as in ${setting}=${free} npm start.`,
      { cause },
    )
  }
}
