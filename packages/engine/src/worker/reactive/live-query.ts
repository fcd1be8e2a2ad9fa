import type { ErrorRecord } from '../../errors.ts'
import type { ColumnBlock, WireStatement } from '../../link/protocol.ts'
import type { Patch, QueryExplanation } from '../../link/live-protocol.ts'
import type { Connection } from '../sqlite/connection.ts'
import type { Statement } from '../sqlite/statement.ts'
import type { Task } from '../task.ts'
import type { Catalog } from './catalog.ts'
import type { ChangedRows } from './incremental/changed-rows.ts'
import type { LiveSubscriber } from './live-subscriber.ts'
import { DataSyncError } from '../../errors.ts'
import { toErrorRecord } from '../../link/error-record.ts'
import { RowReader, type ReadLimit } from '../row-reader.ts'
import { diff } from './differ.ts'
import { explainTracking } from './explain-tracking.ts'
import { PlainResult, type HeldResult } from './held-result.ts'
import type { FollowedChanges, FollowedResult } from './incremental/followed-result.ts'
import { readFollowed } from './read-followed.ts'
import { readSet, type ReadSet } from './read-set.ts'
import type { QueryShape, QueryShapes } from './query-shapes.ts'

/** What a run brought: a patch where the result differs, an error where there is none. */
export interface RunOutcome {
  readonly patch: Patch | undefined
  readonly error: ErrorRecord | undefined
  /** Whether those who know what the run before brought do not know this yet. */
  readonly hasNews: boolean
  /** Rows that SQLite gave for it. */
  readonly rowsRead: number
}

/** What a live query asks: a statement, and which of its rows, if not all. */
export interface LiveStatement extends WireStatement {
  readonly part?: { readonly start: number; readonly end: number } | undefined
}

/** Enough to have SQLite adapt a statement to a new schema. */
const FIRST_ROW = { rows: 1, until: Infinity, now: () => 0 }

/** A query that is kept up to date, for all who ask it: its last result, and what it depends on. */
export class LiveQuery {
  readonly key: string
  readonly subscribers: Set<LiveSubscriber> = new Set()
  readonly #wire: LiveStatement
  readonly #shapes: QueryShapes
  #reads: ReadSet | undefined
  /** What `shape` was derived from. */
  #source: { readonly catalog: Catalog; readonly generation: number } | undefined
  #shape: QueryShape | undefined
  /** The shape with which its result turned out not to be one that can be kept to be followed. */
  #unkept: QueryShape | undefined
  /** What `reads` was made of. */
  #booked: { readonly shape: QueryShape; readonly isFollowing: boolean } | undefined
  #held: HeldResult | undefined
  /** What its subscribers were told last, if that was an error. The next good run has to take it back. */
  #error: ErrorRecord | undefined

  constructor(key: string, wire: LiveStatement, shapes: QueryShapes) {
    this.key = key
    this.#wire = wire
    this.#shapes = shapes
  }

  /** Unknown until the statement could be prepared; until then only a change of the schema can help. */
  get reads(): ReadSet | undefined {
    return this.#reads
  }

  get hasResult(): boolean {
    return this.#held !== undefined
  }

  /** That of the last run that did not fail. */
  get result(): ColumnBlock | undefined {
    return this.#held?.visible
  }

  /** The result columns that show a primary key. */
  get keys(): readonly number[] | undefined {
    return this.#shape?.keys
  }

  get rowCount(): number {
    return this.#held?.rowCount ?? 0
  }

  /** Whether a run would bring what the last one did, if no commit since has written what it reads. */
  isCurrent(catalog: Catalog): boolean {
    return this.#held !== undefined && this.#error === undefined && this.#isOf(catalog)
  }

  explain(): Omit<QueryExplanation, 'lastRun' | 'shifts'> {
    return explainTracking(this.#reads, this.#shape, this.#held)
  }

  /** `changed` are all rows by which the result can differ, where they are known. */
  *run(connection: Connection, catalog: Catalog, changed: ChangedRows | undefined): Task<RunOutcome> {
    const known = this.#error
    try {
      const followed = yield* this.#follow(connection, catalog, changed)
      const { patch, rowsRead } = followed ?? (yield* this.#renew(connection, catalog))
      this.#error = undefined
      return { patch, rowsRead, error: undefined, hasNews: patch !== undefined || known !== undefined }
    } catch (thrown) {
      const error = toErrorRecord(thrown)
      this.#error = error
      return { patch: undefined, rowsRead: 0, error, hasNews: !isSameError(known, error) }
    }
  }

  /** Its subscribers are told of an error that kept it from being run. */
  fail(error: ErrorRecord): void {
    this.#error = error
  }

  /** Evaluates the changed rows alone; undefined where the whole has to be. */
  *#follow(
    connection: Connection,
    catalog: Catalog,
    changed: ChangedRows | undefined,
  ): Task<FollowedChanges | undefined> {
    const held = this.#held
    if (changed === undefined || held?.kind !== 'followed' || !this.isCurrent(catalog)) return undefined
    try {
      return yield* held.follow(changed, connection)
    } catch {
      // The whole may fail too, and then tells why.
      return undefined
    }
  }

  *#renew(connection: Connection, catalog: Catalog): Task<FollowedChanges> {
    const previous = this.result
    this.#recall(catalog)
    const kept = this.#isOf(catalog) ? yield* this.#readKept(connection) : undefined
    const held = kept ?? (yield* this.#read(connection, catalog))
    this.#held = held
    this.#bookReads()
    return { patch: diff(previous, held.visible, this.#shape?.keys), rowsRead: held.rowsHeld }
  }

  *#read(connection: Connection, catalog: Catalog): Task<HeldResult> {
    const reader = yield* RowReader.open(connection, this.#wire, refuseWrites)
    try {
      const isKnown = this.#isOf(catalog)
      try {
        yield* reader.read(isKnown ? this.#rest(0) : FIRST_ROW)
      } catch (error) {
        yield* this.#learnFromFailure(reader.statement, connection, catalog)
        throw error
      }
      if (!isKnown) {
        yield* this.#learn(reader.statement, connection, catalog)
        const kept = yield* this.#readKept(connection)
        if (kept !== undefined) return kept
        yield* reader.read(this.#rest(1))
      }
      return new PlainResult(this.#cut(reader.take()))
    } finally {
      const closing = reader.close()
      if (closing !== undefined) yield closing
    }
  }

  /** How far to read once some rows were read. */
  #rest(read: number): ReadLimit | undefined {
    const { part } = this.#wire
    return part && { rows: part.end - read, until: Infinity, now: () => 0 }
  }

  #cut(block: ColumnBlock): ColumnBlock {
    const { part } = this.#wire
    if (part === undefined) return block
    const values = block.values.map((column) => column.slice(part.start))
    return { ...block, values, rowCount: Math.max(0, block.rowCount - part.start) }
  }

  /** The result as it is kept to be followed, where it can be. */
  *#readKept(connection: Connection): Task<FollowedResult | undefined> {
    const shape = this.#shape
    if (shape === undefined || shape === this.#unkept || this.#wire.part !== undefined) return undefined
    try {
      const kept = yield* readFollowed(shape, this.#wire, connection)
      if (kept === undefined) this.#unkept = shape
      return kept
    } catch {
      // The statement as it was given fails too, and then tells why in its own words.
      return undefined
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

  /** What another query of this text has learnt. */
  #recall(catalog: Catalog): void {
    const shape = this.#isOf(catalog) ? undefined : this.#shapes.known(this.#wire.sql, catalog)
    if (shape !== undefined) this.#adopt(shape, catalog, catalog.generation)
  }

  /**
   * Finds out what the statement depends on. After it began to run, since SQLite adapts a statement to a new
   * schema as it first steps.
   */
  *#learn(statement: Statement, connection: Connection, catalog: Catalog): Task<void> {
    if (this.#isOf(catalog)) return
    const { generation } = catalog
    this.#adopt(yield* this.#shapes.of(statement, connection, catalog), catalog, generation)
  }

  #adopt(shape: QueryShape, catalog: Catalog, generation: number): void {
    this.#shape = shape
    this.#source = { catalog, generation }
    this.#bookReads()
  }

  /** What it depends on follows from its shape, and whether it wants to be told of rows from how its result is held. */
  #bookReads(): void {
    const shape = this.#shape
    if (shape === undefined) return
    const isFollowing = this.#held?.kind === 'followed'
    if (this.#booked?.shape === shape && this.#booked.isFollowing === isFollowing) return
    this.#booked = { shape, isFollowing }
    this.#reads = readSet(shape, this.#wire.parameters, isFollowing)
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
