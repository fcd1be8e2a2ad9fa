import type { BeginRequest, ColumnBlock, ResultShape, WireResult, WireStatement } from '../link/protocol.ts'
import type { BatchResultList, StatementRun } from '../link/batch-wire.ts'
import type { AroundStatement } from './hosting/outcomes.ts'
import type { Connection } from './sqlite/connection.ts'
import type { Statement } from './sqlite/statement.ts'
import type { TableKey, WrittenColumns } from './sqlite/statement-access.ts'
import type { Task } from './task.ts'
import { DataSyncError } from '../errors.ts'
import { Catalog } from './reactive/catalog.ts'
import { ChangeLog } from './reactive/change-log.ts'
import { RowRecorder } from './reactive/predicates/row-recorder.ts'
import type { TableWatch } from './reactive/predicates/row-changes.ts'
import { uncounted, writeSet } from './reactive/write-set.ts'
import { refuseTransactionControl } from './refuse-transaction-control.ts'
import { RowReader } from './row-reader.ts'
import { runEach } from './run-each.ts'

/** What a kind of statement changes, for as long as the schema is the same. */
interface KnownWrites {
  readonly generation: number
  readonly seen: number
  readonly writes: ReadonlyMap<TableKey, WrittenColumns>
}

/** The one connection that writes, and the account of what it changed and has committed. */
export class Writer {
  readonly connection: Connection
  readonly catalog: Catalog
  /** What was committed since somebody last took account of it. */
  readonly committed: ChangeLog = new ChangeLog()
  /** Counts the schemas that were committed. */
  schemaVersion = 0
  readonly #now: () => number
  readonly #uncommitted = new ChangeLog()
  readonly #known = new WeakMap<object, KnownWrites>()
  readonly #rows: RowRecorder

  constructor(connection: Connection, now: () => number) {
    this.connection = connection
    this.catalog = new Catalog(connection)
    this.#rows = new RowRecorder(connection, (key) => this.#uncommitted.canTellRowsOf(key))
    this.#now = now
  }

  /** Which rows of these tables change is told from now on, as well as it can be. */
  watchRows(watches: ReadonlyMap<TableKey, TableWatch>): void {
    this.#rows.watch(watches)
  }

  *run(wire: WireStatement, shape: ResultShape): Task<WireResult> {
    const start = this.#now()
    const reader = yield* RowReader.open(this.connection, wire, refuseTransactionControl)
    const before = this.connection.totalChanges
    const block = yield* this.#account(reader.statement, readThrough(reader, shape))
    const { changes, totalChanges, lastInsertRowid } = this.connection
    return {
      block,
      // Else the number is of an earlier statement: SQLite sets it for those that count rows.
      changes: totalChanges === before ? 0 : changes,
      lastInsertRowid,
      durationMs: this.#now() - start,
    }
  }

  /**
   * Runs a statement with some parameters after others, within a transaction, and adds what becomes of each. What it
   * changes is booked once, for all of them together.
   */
  *runEach({ sql, parameters }: StatementRun, results: BatchResultList): Task<void> {
    const first = { sql, parameters: parameters[0] ?? [] }
    const reader = yield* RowReader.open(this.connection, first, refuseTransactionControl)
    const task = runEach(this.connection, reader, { parameters, results, now: this.#now })
    yield* this.#account(reader.statement, task)
  }

  /**
   * Runs a script, which may hold a transaction, whole. `around` runs each statement, and is told at which
   * byte that ends.
   */
  *script(sql: string, around: AroundStatement = (_statement, _end, work) => work): Task<void> {
    try {
      yield* this.connection.forEachStatement(sql, (statement, end) =>
        around(statement, end, this.#account(statement, runThrough(statement))),
      )
      if (this.connection.autocommit) return
    } finally {
      yield* this.rollback()
    }
    throw new DataSyncError('transaction-control', 'The script left its transaction open; it was undone.', {
      sql,
    })
  }

  /** Runs a script within the transaction that is open, which it may not end. */
  *scriptInside(sql: string): Task<void> {
    yield* this.connection.forEachStatement(sql, (statement) => {
      refuseTransactionControl(statement)
      return this.#account(statement, runThrough(statement))
    })
  }

  *begin(mode: BeginRequest['mode']): Task<void> {
    yield* this.connection.command(`begin ${mode}`)
  }

  *commit(): Task<void> {
    yield* this.connection.command('commit')
    this.#settle()
  }

  *rollback(): Task<void> {
    if (!this.connection.autocommit) yield* this.connection.command('rollback')
    this.#settle()
  }

  *savepoint(depth: number, action: 'begin' | 'release' | 'rollback'): Task<void> {
    const name = `datasync_${depth}`
    if (action === 'begin') yield* this.connection.command(`savepoint ${name}`)
    if (action === 'rollback') {
      yield* this.connection.command(`rollback to ${name}`)
      this.#noteUndone()
    }
    if (action !== 'begin') yield* this.connection.command(`release ${name}`)
  }

  /** A change that no statement of SQL made: a schema attached, a whole file taken over. */
  noteEverything(): void {
    this.catalog.invalidate()
    this.schemaVersion++
    this.committed.everything = true
  }

  /**
   * Runs a statement and books what it changed. Where it failed that is unknown: OR FAIL keeps what was
   * done, and SQLite does not always count it.
   */
  *#account<Result>(statement: Statement, task: Task<Result>): Task<Result> {
    // A rollback that happened since is not one of what this statement does.
    this.#settle()
    const before = this.connection.totalChanges
    this.#rows.begin()
    let failed = true
    try {
      const result = yield* task
      failed = false
      return result
    } finally {
      const { access, controlsTransaction, readonly } = statement
      if (access.schemaChange) {
        this.catalog.invalidate()
        this.#uncommitted.everything = true
      } else if (controlsTransaction) this.#noteUndone()
      else if (access.writes.size > 0) {
        const counted = this.connection.totalChanges - before
        const known = this.#knownWrites(statement)
        if (known === undefined) yield* this.#learnWrites(statement)
        this.#noteWrites(this.#knownWrites(statement), failed ? 'unknown' : counted)
      } else if (!readonly) this.#uncommitted.everything = true
      this.#settle()
    }
  }

  /** `counted` rows were changed, as far as SQLite counts them. */
  #noteWrites(writes: KnownWrites['writes'] | undefined, counted: bigint | 'unknown'): void {
    if (writes === undefined) this.#uncommitted.everything = true
    else if (counted === 0n) this.#uncommitted.add(uncounted(writes))
    else if (counted === 'unknown') this.#uncommitted.add(writes)
    else this.#uncommitted.add(writes, (key) => this.#rows.changesOf(key, counted))
  }

  /** What is undone to a savepoint may be a change of the schema; of that nobody tells. */
  #noteUndone(): void {
    if (this.#uncommitted.everything) this.catalog.invalidate()
    if (!this.connection.autocommit) this.#uncommitted.noteUndone()
  }

  /** Moves what is booked to where it belongs, after each step that may have ended a transaction. */
  #settle(): void {
    if (this.connection.rolledBack) {
      this.connection.rolledBack = false
      if (this.#uncommitted.everything) this.catalog.invalidate()
      this.#uncommitted.clear()
    }
    if (this.connection.autocommit && !this.#uncommitted.isEmpty) {
      if (this.#uncommitted.everything) this.schemaVersion++
      this.committed.merge(this.#uncommitted)
      this.#uncommitted.clear()
    }
  }

  /** Unknown too if the schema could not be asked: then anything may have been written. */
  #knownWrites({ access }: Statement): KnownWrites['writes'] | undefined {
    const known = this.#known.get(access)
    const isValid = known?.generation === this.catalog.generation && known.seen === access.size
    return isValid ? known.writes : undefined
  }

  *#learnWrites({ access, sql }: Statement): Task<void> {
    const { generation } = this.catalog
    try {
      const writes = yield* writeSet(access, sql, this.catalog)
      this.#known.set(access, { generation, seen: access.size, writes })
    } catch {
      // For want of memory, perhaps. Whoever asks for what was learnt sees that it is not known.
    }
  }
}

/** One row; what a write still has to do after it is done without keeping more. */
const FIRST_ROW = { rows: 1, until: Infinity, now: () => 0 }

function* readThrough(reader: RowReader, shape: ResultShape): Task<ColumnBlock> {
  try {
    if (shape === 'all-rows') yield* reader.read()
    else if (shape === 'no-rows' || !(yield* reader.read(FIRST_ROW))) yield* reader.drain()
    return reader.take()
  } finally {
    const closing = reader.close()
    if (closing !== undefined) yield closing
  }
}

function* runThrough(statement: Statement): Task<void> {
  yield* statement.drain()
  const closing = statement.reset()
  if (closing !== undefined) yield closing
}
