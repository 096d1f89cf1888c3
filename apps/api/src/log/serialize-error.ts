/** Properties of our own errors that a log line contains beside message and stack. */
const LOGGED_PROPERTIES = ['code', 'endpoint', 'errcode', 'rid', 'reason', 'meaning', 'hint'] as const

const MAX_CAUSES = 5

/**
 * Serializes an error and its causes for a log line: name, message, stack and the properties above.
 *
 * Other properties are omitted, since they may contain data: the `detail` of a PostgreSQL error quotes column values.
 */
export function serializeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { type: typeof error }
  // Any error may lack any of these properties; the values are only copied.
  const properties = error as Error & Partial<Record<(typeof LOGGED_PROPERTIES)[number], unknown>>
  const logged = LOGGED_PROPERTIES.filter((name) => properties[name] !== undefined)
  return {
    type: error.name,
    message: error.message,
    ...Object.fromEntries(logged.map((name) => [name, properties[name]])),
    stack: error.stack,
    ...(error.cause !== undefined && depth < MAX_CAUSES && { cause: serializeError(error.cause, depth + 1) }),
  }
}
