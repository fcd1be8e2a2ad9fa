import type { AnswerTo, RequestOptions } from '../link/pending-request.ts'
import type { RequestType, RequestTypes } from '../link/protocol.ts'

/** What stands behind a handle that statements can be given to: a database or a transaction. */
export interface ExecutorContext {
  readonly transaction: number | undefined
  /** Throws if this method may not be called through this handle now. */
  readonly check: (method: string) => void
  readonly request: <Type extends RequestType>(
    type: Type,
    payload: RequestTypes[Type]['payload'],
    options?: RequestOptions,
  ) => Promise<AnswerTo<Type>>
  /** Lets the handle know what is done once one of its promises settles. */
  readonly watch: <Value>(promise: Promise<Value>) => Promise<Value>
  readonly nextStream: () => number
  /** Has the engine drop what was not read of a stream, also where the handle has ended meanwhile. */
  readonly closeStream: (stream: number, life: number) => Promise<unknown>
  /** The engine that is open now. */
  readonly life: () => number
}
