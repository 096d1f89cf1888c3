import { type DestinationStream, type Logger, pino } from 'pino'
import { redact } from './redact.ts'
import { serializeError } from './serialize-error.ts'

export type { Logger } from 'pino'

/** Creates a logger that writes JSON lines. Every finished line is redacted, including those of Fastify. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { service: 'kinpass-api' },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: serializeError },
    hooks: { streamWrite: redact },
  }
  return destination ? pino(options, destination) : pino(options)
}
