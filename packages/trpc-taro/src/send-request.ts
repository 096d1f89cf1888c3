import { classifyFailure, getPlatformMessage } from './classify-failure.ts'
import type { TaroRequest, TaroRequestFailure, TaroResponse } from './taro-request.ts'
import { TransportError } from './transport-error.ts'
import type { HttpRequest } from './trpc-http.ts'

interface RequestCallbacks {
  readonly onResponse: (response: TaroResponse) => void
  readonly onError: (error: Error, response?: TaroResponse) => void
}

/**
 * Sends one request and calls one of the callbacks once, or none after it was cancelled.
 *
 * @returns a function that cancels: it ends the request on the network and ignores its result
 */
export function sendRequest(
  request: TaroRequest,
  httpRequest: HttpRequest,
  { onResponse, onError }: RequestCallbacks,
): () => void {
  let isSettled = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function success(response: TaroResponse) {
    if (isSettled) return
    settle()
    try {
      onResponse(response)
    } catch (error) {
      // Parsing a response throws only instances of Error.
      onError(error as Error, response)
    }
  }
  function fail(failure: TaroRequestFailure) {
    const details = { platformMessage: getPlatformMessage(failure), cause: failure }
    failWith(new TransportError(classifyFailure(failure), details))
  }
  function failWith(error: TransportError) {
    if (isSettled) return
    settle()
    onError(error)
  }
  function settle() {
    isSettled = true
    clearTimeout(timer)
  }
  function cancel() {
    if (isSettled) return
    settle()
    task.abort?.()
  }

  const task = request({ ...httpRequest, dataType: 'text', responseType: 'text', success, fail })
  // Taro's task is a promise too, and rejects in addition to calling `fail`.
  task.then?.(noop, noop)
  if (!isSettled) {
    // WeChat's own timeout is late on some phones and missing after `Taro.addInterceptor`, so the link keeps the time.
    timer = setTimeout(() => {
      failWith(new TransportError('timeout'))
      task.abort?.()
    }, httpRequest.timeout)
  }
  return cancel
}

function noop() {}
