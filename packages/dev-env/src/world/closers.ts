/** Closes what was opened, last opened first; each is closed even when another one fails. */
export function createClosers(): AsyncDisposable & { add(close: () => unknown): void } {
  const closers: (() => unknown)[] = []
  return {
    add: (close) => closers.push(close),
    async [Symbol.asyncDispose]() {
      const failed: unknown[] = []
      for (const close of closers.splice(0).reverse()) {
        try {
          await close()
        } catch (error) {
          failed.push(error)
        }
      }
      if (failed.length > 0) throw new AggregateError(failed, 'not everything could be closed')
    },
  }
}
