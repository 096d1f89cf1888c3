import type { Question } from './build-request.ts'
import { classifyFailure, messageOf } from './classify-failure.ts'
import type { TaroAnswer, TaroRequest, TaroRequestFailure } from './taro-request.ts'
import { TransportError } from './transport-error.ts'

interface Outcome {
  answered(answer: TaroAnswer): void
  failed(reason: Error, answer?: TaroAnswer): void
}

/**
 * Sends one request and reports one outcome, or none once it was cancelled.
 *
 * @returns cancel: drops the outcome and ends the request on the network
 */
export function sendRequest(request: TaroRequest, question: Question, outcome: Outcome): () => void {
  let isOver = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function success(answer: TaroAnswer) {
    if (isOver) return
    close()
    try {
      outcome.answered(answer)
    } catch (error) {
      // Only Errors are thrown while an answer is read.
      outcome.failed(error as Error, answer)
    }
  }
  function fail(failure: TaroRequestFailure) {
    const facts = { platformMessage: messageOf(failure), cause: failure }
    giveUp(new TransportError(classifyFailure(failure), facts))
  }
  function giveUp(reason: TransportError) {
    if (isOver) return
    close()
    outcome.failed(reason)
  }
  function close() {
    isOver = true
    clearTimeout(timer)
  }
  function cancel() {
    if (isOver) return
    close()
    task.abort?.()
  }

  const task = request({ ...question, dataType: 'text', responseType: 'text', success, fail })
  // Taro's task is a promise as well, and rejects beside `fail`.
  task.then?.(ignore, ignore)
  if (!isOver) {
    // WeChat's own timeout is late on some phones and none once an interceptor is set: this clock decides.
    timer = setTimeout(() => {
      giveUp(new TransportError('timeout'))
      task.abort?.()
    }, question.timeout)
  }
  return cancel
}

function ignore() {}
