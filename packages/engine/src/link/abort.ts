import type { Failure, PendingRequest } from './pending-request.ts'
import { failure } from './pending-request.ts'
import { valueOf } from './value-of.ts'

/** The answer to a call whose signal was aborted, with the signal's own reason. */
export function abortedAnswer(signal: AbortSignal | undefined): Failure {
  return failure('aborted', 'The call was aborted.', signal?.reason)
}

/**
 * The request, listening to its signal for as long as it is not answered. `onAbort` is called with
 * the request that is returned.
 */
export function listenToSignal(
  pending: PendingRequest,
  onAbort: (pending: PendingRequest) => void,
): PendingRequest {
  const { signal } = pending.options
  if (signal === undefined) return pending
  const abort = (): void => onAbort(listening)
  const listening: PendingRequest = {
    ...pending,
    settle(answer) {
      signal.removeEventListener('abort', abort)
      const isAborted = !answer.ok && answer.error.code === 'aborted'
      pending.settle(isAborted ? { ...answer, cause: signal.reason } : answer)
    },
  }
  signal.addEventListener('abort', abort)
  return listening
}

/** What the promise gives, unless the signal is aborted before: then that is told at once. */
export async function unlessAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return promise
  let abort = (): void => undefined
  const aborted = new Promise<Failure>((resolve) => {
    abort = () => resolve(abortedAnswer(signal))
  })
  signal.addEventListener('abort', abort)
  if (signal.aborted) abort()
  try {
    return await Promise.race([aborted.then((answer) => valueOf<never>(answer)), promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** A flag in memory that an isolated page shares with its engine: which request has to stop. */
export interface InterruptFlag {
  readonly buffer: SharedArrayBuffer
  raise(request: number): void
  /** Once the request was answered. */
  lower(request: number): void
}

/** Only an isolated page may share memory, and not in WebKitGTK; elsewhere an abort is heard between two slices of work. */
export function createInterruptFlag(): InterruptFlag | undefined {
  if (globalThis.crossOriginIsolated !== true || typeof SharedArrayBuffer === 'undefined') return undefined
  const buffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const flag = new Int32Array(buffer)
  return {
    buffer,
    raise: (request) => void Atomics.store(flag, 0, request),
    lower: (request) => void Atomics.compareExchange(flag, 0, request, 0),
  }
}
