import type { HttpRequest } from './build-request.ts'
import { classifyFailure, getPlatformMessage } from './classify-failure.ts'
import type { TaroResponse, TaroRequest, TaroRequestFailure } from './taro-request.ts'
import { TransportError } from './transport-error.ts'

interface RequestCallbacks {
  onResponse(answer: TaroResponse): void
  onError(reason: Error, answer?: TaroResponse): void
}

/**
 * Sends one request and reports one outcome, or none once it was cancelled.
 *
 * @returns cancel: drops the outcome and ends the request on the network
 */
export function sendRequest(request: TaroRequest, httpRequest: HttpRequest, callbacks: RequestCallbacks): () => void {
  let isSettled = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function onSuccess(answer: TaroResponse) {
    if (isSettled) return
    close()
    try {
      callbacks.onResponse(answer)
    } catch (error) {
      // Only Errors are thrown while an answer is read.
      callbacks.onError(error as Error, answer)
    }
  }
  function onFail(failure: TaroRequestFailure) {
    const facts = { platformMessage: getPlatformMessage(failure), cause: failure }
    fail(new TransportError(classifyFailure(failure), facts))
  }
  function fail(reason: TransportError) {
    if (isSettled) return
    close()
    callbacks.onError(reason)
  }
  function close() {
    isSettled = true
    clearTimeout(timer)
  }
  function cancel() {
    if (isSettled) return
    close()
    task.abort?.()
  }

  const task = request({ ...httpRequest, dataType: 'text', responseType: 'text', onSuccess, onFail })
  // Taro's task is a promise as well, and rejects beside `fail`.
  task.then?.(noop, noop)
  if (!isSettled) {
    // WeChat's own timeout is late on some phones and none once an interceptor is set: this clock decides.
    timer = setTimeout(() => {
      fail(new TransportError('timeout'))
      task.abort?.()
    }, httpRequest.timeout)
  }
  return cancel
}

function noop() {}
