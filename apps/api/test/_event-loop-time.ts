const STEP_MS = 10

/**
 * Milliseconds that the event loop of this process runs until `fn` settles.
 *
 * On a loaded machine a process waits for the CPU. That time is not counted, so a limit holds on any machine. Measures
 * work of this process only: while it waits for another process, time is counted.
 */
export async function measureEventLoopTime(fn: () => Promise<unknown>): Promise<number> {
  let elapsedMs = 0
  const timer = setInterval(() => {
    elapsedMs += STEP_MS
  }, STEP_MS)
  try {
    await fn()
  } finally {
    clearInterval(timer)
  }
  return elapsedMs
}
