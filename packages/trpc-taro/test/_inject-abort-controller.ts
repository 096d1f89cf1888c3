export { AbortController, AbortSignal } from '../src/abort-controller.ts'
