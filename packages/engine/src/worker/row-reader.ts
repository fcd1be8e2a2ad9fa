import type { ColumnBlock, WireStatement } from '../link/protocol.ts'
import type { SqlValue } from '../values.ts'
import type { Connection } from './sqlite/connection.ts'
import type { Statement } from './sqlite/statement.ts'
import type { Task } from './task.ts'

/** Rows between two looks at the clock. */
const ROWS_PER_CHECK = 64

/** How far to read before letting others have their turn. */
export interface ReadLimit {
  readonly rows: number
  /** On the clock of `now`, in milliseconds. */
  readonly until: number
  readonly now: () => number
}

/** Reads the rows of one statement into columns, at once or in slices. */
export class RowReader {
  readonly statement: Statement
  readonly #connection: Connection
  #columns: SqlValue[][] | undefined
  #rowCount = 0

  /** Prepares and binds. `accept` may refuse the statement by throwing. */
  static *open(
    connection: Connection,
    wire: WireStatement,
    accept?: (statement: Statement) => void,
  ): Task<RowReader> {
    const statement = connection.takePrepared(wire.sql) ?? (yield* connection.prepare(wire.sql))
    try {
      accept?.(statement)
      statement.bind(wire.parameters)
    } catch (error) {
      const pending = connection.release(statement)
      if (pending !== undefined) yield pending
      throw error
    }
    return new RowReader(connection, statement)
  }

  private constructor(connection: Connection, statement: Statement) {
    this.#connection = connection
    this.statement = statement
  }

  /** Reads on; true when there are no more rows. */
  *read(limit?: ReadLimit): Task<boolean> {
    const { statement } = this
    const end = limit === undefined ? Infinity : this.#rowCount + limit.rows
    let columns = this.#columns
    let count = this.#rowCount
    const isDone = yield* statement.rows(() => {
      columns ??= statement.columnNames().map(() => [])
      statement.readRow(columns)
      if (++count >= end) return false
      return limit === undefined || count % ROWS_PER_CHECK !== 0 || limit.now() <= limit.until
    })
    this.#columns = columns ?? statement.columnNames().map(() => [])
    this.#rowCount = count
    return isDone
  }

  /** Runs to the end without keeping the rows. */
  drain(): Task<boolean> {
    return this.statement.drain()
  }

  /** The rows read since the last time. */
  take(): ColumnBlock {
    const block: ColumnBlock = {
      names: this.statement.columnNames(),
      values: this.#columns ?? [],
      rowCount: this.#rowCount,
    }
    this.#columns = undefined
    this.#rowCount = 0
    return block
  }

  /** Gives a promise if it has to be waited for. */
  close(): Promise<unknown> | undefined {
    return this.#connection.release(this.statement)
  }
}
