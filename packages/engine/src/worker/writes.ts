import type {
  RequestType,
  RequestTypes,
  StatementRequest,
  WireResult,
  WireStatement,
} from '../link/protocol.ts'
import type { EngineContext } from './engine-context.ts'
import type { Writer } from './writer.ts'

/** Requests that need the writer, outside of a transaction of the page's. */
export class Writes {
  readonly #context: EngineContext

  constructor(context: EngineContext) {
    this.#context = context
  }

  statement(request: number, payload: StatementRequest): void {
    const { writer } = this.#context.database
    this.enqueue<'statement'>(request, payload.timeout, () => writer.run(payload, payload.shape))
  }

  script(request: number, sql: string, timeout: number | undefined): void {
    this.enqueue<'script'>(request, timeout, () => {
      this.#context.database.writer.script(sql, false)
      return null
    })
  }

  batch(request: number, statements: readonly WireStatement[], timeout: number | undefined): void {
    const { writer } = this.#context.database
    this.enqueue<'batch'>(request, timeout, () => {
      writer.begin('immediate')
      try {
        const results = runAll(writer, statements)
        writer.commit()
        return results
      } catch (error) {
        writer.rollback()
        throw error
      }
    })
  }

  /** Runs `work` when the writer is free and answers with what it returns. */
  enqueue<Type extends RequestType>(
    request: number,
    timeout: number | undefined,
    work: () => RequestTypes[Type]['reply'],
  ): void {
    const { lane, clock, outbox } = this.#context
    lane.enqueue({
      request,
      run() {
        try {
          outbox.replyToWrite<Type>(request, clock.guard(request, timeout, work))
        } catch (error) {
          outbox.fail(request, error)
        }
      },
      cancel: (error) => outbox.fail(request, error),
    })
  }

  /** The same for work that has to wait in the middle, and keeps the writer meanwhile. */
  enqueueAsync<Type extends RequestType>(
    request: number,
    work: () => Promise<RequestTypes[Type]['reply']>,
  ): void {
    const { lane, outbox } = this.#context
    lane.enqueue({
      request,
      async run() {
        try {
          outbox.replyToWrite<Type>(request, await work())
        } catch (error) {
          outbox.fail(request, error)
        }
      },
      cancel: (error) => outbox.fail(request, error),
    })
  }
}

export function runAll(writer: Writer, statements: readonly WireStatement[]): readonly WireResult[] {
  return statements.map((statement) => writer.run(statement, 'all-rows'))
}
