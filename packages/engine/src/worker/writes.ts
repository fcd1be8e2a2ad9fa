import type { RequestType, RequestTypes, StatementRequest, WireResult } from '../link/protocol.ts'
import { BatchResultList, type BatchResult, type StatementRun } from '../link/batch-wire.ts'
import type { SessionContext } from './session-context.ts'
import type { Task } from './task.ts'
import type { Writer } from './writer.ts'

/** Requests that need the writer, outside of a transaction of the page's. */
export class Writes {
  readonly #context: SessionContext

  constructor(context: SessionContext) {
    this.#context = context
  }

  statement(request: number, payload: StatementRequest): Task<void> {
    const { outcomes } = this.#context
    const work = (): Task<WireResult> => this.#context.database.writer.run(payload, payload.shape)
    return this.enqueue<'statement'>(request, payload.timeout, () =>
      outcomes.statement(request, payload.sql, work),
    )
  }

  script(request: number, sql: string, timeout: number | undefined): Task<void> {
    const context = this.#context
    return this.enqueue<'script'>(request, timeout, () =>
      context.outcomes.script(request, sql, (rest, around) => context.database.writer.script(rest, around)),
    )
  }

  batch(request: number, runs: readonly StatementRun[], timeout: number | undefined): Task<void> {
    const context = this.#context
    function* work(record: (results: BatchResult) => Task<void>): Task<BatchResult> {
      const { writer } = context.database
      yield* context.outcomes.prepare()
      yield* writer.begin('immediate')
      try {
        const results = yield* runAll(writer, runs)
        yield* record(results)
        yield* writer.commit()
        return results
      } catch (error) {
        yield* writer.rollback()
        throw error
      }
    }
    return this.enqueue<'batch'>(request, timeout, () => context.outcomes.transaction(request, work))
  }

  /** Runs `work` when the writer is free and answers with what it returns. */
  enqueue<Type extends RequestType>(
    request: number,
    timeout: number | undefined,
    work: () => Task<RequestTypes[Type]['reply']>,
  ): Task<void> {
    const { lane, clock, outbox, sync } = this.#context
    return lane.enqueue({
      request,
      *run() {
        try {
          const waiting = sync.admit()
          if (waiting !== undefined) yield* waiting
          outbox.replyToWrite<Type>(request, yield* clock.guard(request, timeout, work()))
        } catch (error) {
          outbox.fail(request, error)
        }
      },
      cancel: (error) => outbox.fail(request, error),
    })
  }

  /**
   * The same for work that has to wait outside of its turn, and keeps the writer meanwhile. `cancelled` is
   * called in place of `work` where it never begins.
   */
  enqueueAsync<Type extends RequestType>(
    request: number,
    work: () => Task<Promise<RequestTypes[Type]['reply']>>,
    cancelled: () => void = () => undefined,
  ): Task<void> {
    const { lane, outbox } = this.#context
    const fail = (error: unknown): void => outbox.fail(request, error)
    return lane.enqueue({
      request,
      *run() {
        try {
          const reply = yield* work()
          return reply.then(
            (value) => () => outbox.replyToWrite<Type>(request, value),
            (error: unknown) => () => fail(error),
          )
        } catch (error) {
          fail(error)
        }
      },
      cancel: (error) => {
        cancelled()
        fail(error)
      },
    })
  }
}

export function* runAll(writer: Writer, runs: readonly StatementRun[]): Task<BatchResult> {
  const results = new BatchResultList()
  for (const run of runs) yield* writer.runEach(run, results)
  return results
}
