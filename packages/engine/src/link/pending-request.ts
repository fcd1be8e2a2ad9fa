import { DataSyncError, type ErrorCode, type ErrorDetail, type ErrorRecord } from '../errors.ts'
import type { Request, RequestType, RequestTypes } from './protocol.ts'

/** Why a request was not fulfilled. `cause` is known on this side of the link alone. */
export interface Failure {
  readonly ok: false
  readonly error: ErrorRecord
  readonly cause?: unknown
}

/**
 * How a request ended. An answer is never a rejection, so that one which nobody awaits does no harm;
 * it becomes an error where somebody does, with a stack that shows who.
 */
export type Answer<Value> = { readonly ok: true; readonly value: Value } | Failure

export type AnswerTo<Type extends RequestType> = Answer<RequestTypes[Type]['reply']>

/** What is known of a request beside what it says. */
export interface RequestOptions {
  readonly signal?: AbortSignal | undefined
  /** It has no effects, so that another engine may be asked if this one is lost. */
  readonly isRepeatable?: boolean | undefined
  /** The engine that it means: what it speaks of exists only there. */
  readonly life?: number | undefined
  readonly transfer?: readonly Transferable[] | undefined
  /** The next host knows whether it was done, so that it may be asked although it is of a transaction. */
  readonly outlivesHost?: boolean | undefined
  /** Whether it is settled before listeners are notified of the message that answers it. */
  readonly isEarly?: boolean | undefined
  /** It leaves now, and not with what else is asked for in this microtask, which there may be none after. */
  readonly isUrgent?: boolean | undefined
}

/** A request that has not been answered. */
export interface PendingRequest {
  readonly request: Request
  readonly options: RequestOptions
  /** Called once. */
  readonly settle: (answer: Answer<RequestTypes[RequestType]['reply']>) => void
}

/** Numbers of requests are unique on a page, so that no engine's answer is taken for another's. */
let lastId = 0

/** A request of this type, whose answer is given to `settle`. */
export function createRequest<Type extends RequestType>(
  type: Type,
  payload: RequestTypes[Type]['payload'],
  settle: (answer: AnswerTo<Type>) => void,
  options: RequestOptions = {},
): PendingRequest {
  return {
    // The compiler does not see that `type` and `payload` belong together.
    request: { id: ++lastId, type, payload } as unknown as Request,
    options,
    settle,
  }
}

export const OK: Answer<null> = { ok: true, value: null }

export function failure(
  code: ErrorCode,
  message: string,
  cause?: unknown,
  detail: ErrorDetail = {},
): Failure {
  return { ok: false, error: { code, message, detail }, cause }
}

export function closedAnswer(): Failure {
  return failure('closed', 'The database is closed.')
}

/** Why an engine could not even be started. */
export function startFailure(error: unknown): Failure {
  if (error instanceof DataSyncError) return failure(error.code, error.sentence, error)
  return failure('worker-failed', "The engine's worker could not be started.", error)
}

export function hostChangedAnswer(): Failure {
  return failure('host-changed', 'The tab that hosted the database went away.')
}

export function deposedAnswer(): Failure {
  return failure('worker-lost', 'Another tab has taken the database over, as this one did not react.')
}

export function otherLifeAnswer(): Failure {
  return failure('worker-lost', 'The worker that this was begun in has stopped.')
}
