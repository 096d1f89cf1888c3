import { type DestinationStream, type Logger, pino } from 'pino'
import { scrub } from './redact.ts'
import { describeError } from './serialize-error.ts'

export type { Logger } from 'pino'

/** One JSON line per fact. What looks like a secret is blacked out as the line leaves, whoever wrote it. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: { service: 'kinpass-api' },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    hooks: { streamWrite: scrub },
  }
  return destination ? pino(options, destination) : pino(options)
}
