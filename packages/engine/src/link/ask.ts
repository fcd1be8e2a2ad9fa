import type { Connection } from './connection.ts'
import type { AnswerTo } from './pending-request.ts'
import type { RequestType, RequestTypes } from './protocol.ts'
import { abortedAnswer, listenToSignal } from './abort.ts'
import { createRequest } from './pending-request.ts'

/** Asks one engine. */
export type Ask = <Type extends RequestType>(
  type: Type,
  payload: RequestTypes[Type]['payload'],
  signal: AbortSignal | undefined,
) => Promise<AnswerTo<Type>>

/** Asks an engine that other calls do not reach. */
export function askOf(connection: Connection): Ask {
  return <Type extends RequestType>(
    type: Type,
    payload: RequestTypes[Type]['payload'],
    signal: AbortSignal | undefined,
  ) => {
    // Its event is over, and is not waited for.
    if (signal?.aborted === true) return Promise.resolve(abortedAnswer(signal))
    return new Promise<AnswerTo<Type>>((resolve) => {
      const request = createRequest<Type>(type, payload, resolve, { signal })
      const abort = (aborted: { readonly request: { readonly id: number } }): void =>
        void connection.request('abort', { request: aborted.request.id })
      connection.send(listenToSignal(request, abort))
    })
  }
}
