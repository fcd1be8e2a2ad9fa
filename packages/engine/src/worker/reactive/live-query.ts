import type { ErrorRecord } from '../../errors.ts'
import type { ColumnBlock, WireStatement } from '../../link/protocol.ts'
import type { Patch, QueryExplanation } from '../../link/live-protocol.ts'
import type { Connection } from '../sqlite/connection.ts'
import type { Statement } from '../sqlite/statement.ts'
import type { Task } from '../task.ts'
import type { Catalog } from './catalog.ts'
import type { LiveSubscriber } from './live-subscriber.ts'
import { DataSyncError } from '../../errors.ts'
import { toErrorRecord } from '../../link/error-record.ts'
import { RowReader } from '../row-reader.ts'
import { diff } from './differ.ts'
import { explainTracking } from './explain-tracking.ts'
import { rowPredicates } from './predicates/row-predicate.ts'
import type { QueryShape, QueryShapes } from './query-shapes.ts'
import type { ReadSet } from './read-set.ts'

/** What a run brought: a patch where the result differs, an error where there is none. */
export interface RunOutcome {
  readonly patch: Patch | undefined
  readonly error: ErrorRecord | undefined
  /** Whether those who know what the run before brought do not know this yet. */
  readonly hasNews: boolean
}

/** A query that is kept up to date, for all who ask it: its last result, and what it depends on. */
export class LiveQuery {
  readonly key: string
  readonly subscribers: Set<LiveSubscriber> = new Set()
  readonly #wire: WireStatement
  readonly #shapes: QueryShapes
  #reads: ReadSet | undefined
  /** What `reads` and `shape` were derived from. */
  #source: { readonly catalog: Catalog; readonly generation: number } | undefined
  #shape: QueryShape | undefined
  #result: ColumnBlock | undefined
  /** What its subscribers were told last, if that was an error. The next good run has to take it back. */
  #error: ErrorRecord | undefined

  constructor(key: string, wire: WireStatement, shapes: QueryShapes) {
    this.key = key
    this.#wire = wire
    this.#shapes = shapes
  }

  /** Unknown until the statement could be prepared; until then only a change of the schema can help. */
  get reads(): ReadSet | undefined {
    return this.#reads
  }

  /** That of the last run that did not fail. */
  get result(): ColumnBlock | undefined {
    return this.#result
  }

  get rowCount(): number {
    return this.#result?.rowCount ?? 0
  }

  /** Whether a run would bring what the last one did, if no commit since has written what it reads. */
  isCurrent(catalog: Catalog): boolean {
    return this.#result !== undefined && this.#error === undefined && this.#isOf(catalog)
  }

  explain(): Omit<QueryExplanation, 'lastRun'> {
    return explainTracking(this.#reads, this.#shape?.conditions)
  }

  *run(connection: Connection, catalog: Catalog): Task<RunOutcome> {
    const known = this.#error
    try {
      const result = yield* this.#read(connection, catalog)
      const patch = diff(this.#result, result, this.#shape?.keys)
      this.#result = result
      this.#error = undefined
      return { patch, error: undefined, hasNews: patch !== undefined || known !== undefined }
    } catch (thrown) {
      const error = toErrorRecord(thrown)
      this.#error = error
      return { patch: undefined, error, hasNews: !isSameError(known, error) }
    }
  }

  /** Its subscribers are told of an error that kept it from being run. */
  fail(error: ErrorRecord): void {
    this.#error = error
  }

  *#read(connection: Connection, catalog: Catalog): Task<ColumnBlock> {
    const reader = yield* RowReader.open(connection, this.#wire, refuseWrites)
    try {
      try {
        yield* reader.read()
      } catch (error) {
        yield* this.#learnFromFailure(reader.statement, connection, catalog)
        throw error
      }
      yield* this.#learn(reader.statement, connection, catalog)
      return reader.take()
    } finally {
      const closing = reader.close()
      if (closing !== undefined) yield closing
    }
  }

  /** What a run that failed depended on, so that it is tried again when that changes. */
  *#learnFromFailure(statement: Statement, connection: Connection, catalog: Catalog): Task<void> {
    try {
      yield* this.#learn(statement, connection, catalog)
    } catch {
      // It does not fit the schema any more: only another change of that can help, which is told to all.
    }
  }

  /**
   * Finds out what the statement depends on. After the run, since SQLite adapts a statement to a new
   * schema as it first steps.
   */
  *#learn(statement: Statement, connection: Connection, catalog: Catalog): Task<void> {
    if (this.#isOf(catalog)) return
    const { generation } = catalog
    const shape = yield* this.#shapes.of(statement, connection, catalog)
    const { tables, everything } = shape.reads
    this.#reads = {
      tables,
      everything,
      predicates: rowPredicates(shape.conditions, this.#wire.parameters),
    }
    this.#shape = shape
    this.#source = { catalog, generation }
  }

  #isOf(catalog: Catalog): boolean {
    return this.#source?.catalog === catalog && this.#source.generation === catalog.generation
  }
}

function isSameError(known: ErrorRecord | undefined, error: ErrorRecord): boolean {
  return known?.code === error.code && known.message === error.message
}

function refuseWrites(statement: Statement): void {
  if (!statement.needsWriter && !statement.controlsTransaction) return
  throw new DataSyncError('not-read-only', 'The statement of a live query changes the database.', {
    sql: statement.sql,
  })
}
