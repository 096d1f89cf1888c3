/**
 * Disposes of resources in reverse order, like the built-in `AsyncDisposableStack`, which Node 20 lacks.
 *
 * Differs from the built-in: one `AggregateError` holds the errors of all disposals that failed.
 * https://tc39.es/proposal-explicit-resource-management/#sec-asyncdisposablestack-objects
 */
export class AsyncDisposableStack implements AsyncDisposable {
  readonly #disposals: (() => unknown)[] = []

  /** Adds a resource and returns it. */
  use<T extends AsyncDisposable>(resource: T): T {
    this.defer(() => resource[Symbol.asyncDispose]())
    return resource
  }

  /** Adds a function that runs on disposal; a promise that it returns is awaited. */
  defer(onDispose: () => unknown): void {
    this.#disposals.push(onDispose)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const errors: unknown[] = []
    for (const dispose of this.#disposals.splice(0).reverse()) {
      try {
        await dispose()
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length > 0)
      throw new AggregateError(errors, 'Some resources could not be closed: see `errors`')
  }
}
