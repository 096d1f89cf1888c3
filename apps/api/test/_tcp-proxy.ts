import { connect, createServer, type Server, type Socket } from 'node:net'

/** A wire to a server, to be cut and mended: what a test puts between the API and something it depends on. */
export interface Line extends AsyncDisposable {
  readonly port: number
  /** Ends all connections and refuses new ones, as a server that is not there. */
  cut(): Promise<void>
  /** Carries again: after a cut new connections, after a hang also those that are open. */
  mend(): Promise<void>
  /** Swallows whatever is sent, as a server that hangs or a network that drops packets. */
  hang(): void
  /** Connects to another server from here on. */
  leadTo(port: number): void
}

export async function startLine(target: string | number): Promise<Line> {
  let targetPort = typeof target === 'number' ? target : Number(new URL(target).port)
  const sockets = new Set<Socket>()
  const listener = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.pipe(to)
      from.on('error', () => {}) // seen by the other end as a close
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
    }
  })
  await listen(listener, 0)
  const { port } = listener.address() as { port: number } // a TCP server has one
  let isHanging = false

  // A connection that is made during a hang hangs as well.
  listener.on('connection', () => {
    if (isHanging) for (const socket of sockets) socket.pause()
  })

  return {
    port,
    async cut() {
      for (const socket of sockets) socket.resetAndDestroy()
      await close(listener)
    },
    async mend() {
      isHanging = false
      for (const socket of sockets) socket.resume()
      if (!listener.listening) await listen(listener, port)
    },
    hang() {
      isHanging = true
      for (const socket of sockets) socket.pause()
    },
    leadTo(other) {
      targetPort = other
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      if (listener.listening) await close(listener)
    },
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', resolve)
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
  })
}
