import type { BeginRequest, ResultShape, WireResult, WireStatement } from '../link/protocol.ts'
import type { Connection } from './sqlite/connection.ts'
import type { Statement } from './sqlite/statement.ts'
import type { TableKey, WrittenColumns } from './sqlite/statement-access.ts'
import { DataSyncError } from '../errors.ts'
import { Catalog } from './reactive/catalog.ts'
import { ChangeLog } from './reactive/change-log.ts'
import { writeSet } from './reactive/write-set.ts'
import { RowReader } from './row-reader.ts'

/** What a kind of statement changes, for as long as the schema is the same. */
interface KnownWrites {
  readonly generation: number
  readonly tables: number
  readonly writes: ReadonlyMap<TableKey, WrittenColumns>
}

/** The one connection that writes, and the account of what it changed and has committed. */
export class Writer {
  readonly connection: Connection
  readonly catalog: Catalog
  /** What was committed since somebody last took account of it. */
  readonly committed: ChangeLog = new ChangeLog()
  readonly #now: () => number
  readonly #uncommitted = new ChangeLog()
  readonly #known = new WeakMap<object, KnownWrites>()

  constructor(connection: Connection, now: () => number) {
    this.connection = connection
    this.catalog = new Catalog(connection)
    this.#now = now
  }

  run(wire: WireStatement, shape: ResultShape): WireResult {
    const start = this.#now()
    const reader = new RowReader(this.connection, wire, refuseTransactionControl)
    const block = this.#account(reader.statement, () => {
      try {
        if (shape === 'all-rows') reader.read()
        else if (shape === 'no-rows' || !reader.read(FIRST_ROW)) reader.drain()
        return reader.take()
      } finally {
        reader.close()
      }
    })
    const { changes, lastInsertRowid } = this.connection
    return {
      block,
      changes: reader.statement.readonly ? 0 : changes,
      lastInsertRowid,
      durationMs: this.#now() - start,
    }
  }

  /** Runs a script. Within a transaction of ours it may not end it; on its own it may hold one, whole. */
  script(sql: string, insideTransaction: boolean): void {
    for (const statement of this.connection.prepareScript(sql)) {
      if (insideTransaction) refuseTransactionControl(statement)
      this.#account(statement, () => {
        while (statement.step()) continue
        statement.reset()
      })
    }
    if (insideTransaction || this.connection.autocommit) return
    this.rollback()
    throw new DataSyncError('transaction-control', 'The script left its transaction open; it was undone.', {
      sql,
    })
  }

  begin(mode: BeginRequest['mode']): void {
    this.connection.command(`begin ${mode}`)
  }

  commit(): void {
    this.connection.command('commit')
    this.#settle()
  }

  rollback(): void {
    if (!this.connection.autocommit) this.connection.command('rollback')
    this.#settle()
  }

  savepoint(depth: number, action: 'begin' | 'release' | 'rollback'): void {
    const name = `datasync_${depth}`
    if (action === 'begin') this.connection.command(`savepoint ${name}`)
    if (action === 'rollback') this.connection.command(`rollback to ${name}`)
    if (action !== 'begin') this.connection.command(`release ${name}`)
  }

  /** A change that no statement of SQL made: a schema attached, a whole file taken over. */
  noteEverything(): void {
    this.catalog.invalidate()
    this.committed.everything = true
  }

  /** Runs a statement and books what it changed, also where it failed half-way (OR FAIL keeps what it did). */
  #account<Result>(statement: Statement, run: () => Result): Result {
    const before = this.connection.totalChanges
    let failed = true
    try {
      const result = run()
      failed = false
      return result
    } finally {
      if (statement.access.schemaChange) {
        this.catalog.invalidate()
        this.#uncommitted.everything = true
      } else if (!statement.readonly) {
        if (statement.access.writes.size === 0)
          this.#uncommitted.everything ||= !statement.access.transactionControl
        else if (failed || this.connection.totalChanges !== before) {
          this.#uncommitted.add(this.#writesOf(statement))
        }
      }
      this.#settle()
    }
  }

  /** Moves what is booked to where it belongs, after each step that may have ended a transaction. */
  #settle(): void {
    if (this.connection.rolledBack) {
      this.connection.rolledBack = false
      if (this.#uncommitted.everything) this.catalog.invalidate()
      this.#uncommitted.clear()
    }
    if (this.connection.autocommit && !this.#uncommitted.isEmpty) {
      this.committed.merge(this.#uncommitted)
      this.#uncommitted.clear()
    }
  }

  #writesOf(statement: Statement): ReadonlyMap<TableKey, WrittenColumns> {
    const { access, sql } = statement
    const known = this.#known.get(access)
    const { generation } = this.catalog
    if (known?.generation === generation && known.tables === access.writes.size) return known.writes
    const writes = writeSet(access, sql, this.catalog)
    this.#known.set(access, { generation, tables: access.writes.size, writes })
    return writes
  }
}

/** One row; what a write still has to do after it is done without keeping more. */
const FIRST_ROW = { rows: 1, until: Infinity, now: () => 0 }

function refuseTransactionControl(statement: Statement): void {
  if (!statement.access.transactionControl) return
  throw new DataSyncError(
    'transaction-control',
    'A statement may not begin or end a transaction by itself.',
    {
      sql: statement.sql,
    },
  )
}
