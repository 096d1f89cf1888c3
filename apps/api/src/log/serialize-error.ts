/** The facts of our own errors that a log line may carry beside message and stack. */
const facts = ['code', 'endpoint', 'errcode', 'rid', 'reason', 'meaning', 'hint'] as const

/**
 * An error as a log line shows it: names, messages, stacks and the facts named above, down the chain of
 * causes. Other fields stay out: a database's `detail`, for one, quotes the values of a row.
 */
export function serializeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { type: typeof error }
  const own = error as Error & Partial<Record<(typeof facts)[number], unknown>>
  return {
    type: error.name,
    message: error.message,
    ...Object.fromEntries(facts.filter((fact) => own[fact] !== undefined).map((fact) => [fact, own[fact]])),
    stack: error.stack,
    ...(error.cause !== undefined && depth < 5 && { cause: serializeError(error.cause, depth + 1) }),
  }
}
