import { randomInt } from 'node:crypto'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A TCP proxy between the API and a server, for tests of outages. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number
  /** Resets all connections and refuses new ones, like a host without the server. */
  disconnect(): Promise<void>
  /** Forwards again: new connections after `disconnect`, open ones as well after `stall`. */
  restore(): Promise<void>
  /** Forwards nothing, like a server that hangs or a network that drops packets. */
  stall(): void
  /** Forwards new connections to another server. */
  connectTo(port: number): void
}

/** Below the ports that operating systems assign, so that no other process gets the port of a disconnected proxy. */
const FIRST_PORT = 20_000
const PORT_PAIRS = 5_000

export async function startTcpProxy(target: string | number): Promise<TcpProxy> {
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
      from.on('error', () => {}) // The other end is destroyed on close.
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
    }
  })
  const { port, reservation } = await listenOnReservedPort(listener)
  let isStalled = false

  // A connection that is made during a stall is stalled as well.
  listener.on('connection', () => {
    if (isStalled) for (const socket of sockets) socket.pause()
  })

  return {
    port,
    async disconnect() {
      for (const socket of sockets) socket.resetAndDestroy()
      await close(listener)
    },
    async restore() {
      isStalled = false
      for (const socket of sockets) socket.resume()
      if (!listener.listening) await listen(listener, port)
    },
    stall() {
      isStalled = true
      for (const socket of sockets) socket.pause()
    },
    connectTo(other) {
      targetPort = other
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      if (listener.listening) await close(listener)
      await close(reservation)
    },
  }
}

/** Listens on an even port. The odd port above it is held as long as the proxy exists and reserves the pair. */
async function listenOnReservedPort(listener: Server): Promise<{ port: number; reservation: Server }> {
  for (;;) {
    const port = FIRST_PORT + 2 * randomInt(PORT_PAIRS)
    const reservation = createServer()
    try {
      await listen(reservation, port + 1)
    } catch {
      continue // The pair is in use.
    }
    try {
      await listen(listener, port)
      return { port, reservation }
    } catch {
      await close(reservation)
    }
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
  })
}
