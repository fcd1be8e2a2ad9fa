import type { ErrorRecord } from '../../errors.ts'
import type { ColumnBlock, Patch, WireStatement } from '../../link/protocol.ts'
import type { Connection } from '../sqlite/connection.ts'
import type { Statement } from '../sqlite/statement.ts'
import type { Task } from '../task.ts'
import type { Catalog } from './catalog.ts'
import type { LiveQueryOwner } from './live-queries.ts'
import { DataSyncError } from '../../errors.ts'
import { toErrorRecord } from '../../link/error-record.ts'
import { RowReader } from '../row-reader.ts'
import { diff } from './differ.ts'
import { readSet, type ReadSet } from './read-set.ts'
import { keyColumns } from './row-key.ts'

/** What a run brought: a patch where the result differs, an error where there is none. */
export interface RunOutcome {
  readonly patch: Patch | undefined
  readonly error: ErrorRecord | undefined
  /** Whether its owner does not know this yet. */
  readonly hasNews: boolean
}

/** A query that is kept up to date: its last result, and what it depends on. */
export class LiveQuery {
  readonly owner: LiveQueryOwner
  readonly live: number
  readonly #wire: WireStatement
  #reads: ReadSet | undefined
  /** What `reads` and `keys` were derived from. */
  #source: { readonly catalog: Catalog; readonly generation: number } | undefined
  #keys: readonly number[] | undefined
  #result: ColumnBlock | undefined
  #failed = false

  constructor(owner: LiveQueryOwner, live: number, wire: WireStatement) {
    this.owner = owner
    this.live = live
    this.#wire = wire
  }

  /** Unknown until the statement could be prepared; until then only a change of the schema can help. */
  get reads(): ReadSet | undefined {
    return this.#reads
  }

  get rowCount(): number {
    return this.#result?.rowCount ?? 0
  }

  *run(connection: Connection, catalog: Catalog): Task<RunOutcome> {
    try {
      const result = yield* this.#read(connection, catalog)
      const patch = diff(this.#result, result, this.#keys)
      const hasNews = patch !== undefined || this.#failed
      this.#result = result
      this.#failed = false
      return { patch, error: undefined, hasNews }
    } catch (error) {
      return { patch: undefined, error: this.fail(error), hasNews: true }
    }
  }

  /** Remembers that its owner was told of an error, which the next good run has to take back. */
  fail(error: unknown): ErrorRecord {
    this.#failed = true
    return toErrorRecord(error)
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
    const { generation } = catalog
    if (this.#source?.catalog === catalog && this.#source.generation === generation) return
    this.#reads = yield* readSet(statement, connection, catalog)
    this.#keys = yield* keyColumns(statement, catalog)
    this.#source = { catalog, generation }
  }
}

function refuseWrites(statement: Statement): void {
  if (!statement.needsWriter && !statement.controlsTransaction) return
  throw new DataSyncError('not-read-only', 'The statement of a live query changes the database.', {
    sql: statement.sql,
  })
}
