import type { ColumnBlock, WireStatement } from '../link/protocol.ts'
import type { SqlValue } from '../values.ts'
import type { Connection } from './sqlite/connection.ts'
import type { Statement } from './sqlite/statement.ts'

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
  constructor(connection: Connection, wire: WireStatement, accept?: (statement: Statement) => void) {
    this.#connection = connection
    this.statement = connection.prepare(wire.sql)
    try {
      accept?.(this.statement)
      this.statement.bind(wire.parameters)
    } catch (error) {
      this.close()
      throw error
    }
  }

  /** Reads on; true when there are no more rows. */
  read(limit?: ReadLimit): boolean {
    const end = limit === undefined ? Infinity : this.#rowCount + limit.rows
    while (this.#rowCount < end) {
      if (!this.statement.step()) {
        this.#columns ??= this.statement.columnNames().map(() => [])
        return true
      }
      this.#columns ??= this.statement.columnNames().map(() => [])
      this.statement.readRow(this.#columns)
      this.#rowCount++
      if (limit !== undefined && this.#rowCount % ROWS_PER_CHECK === 0 && limit.now() > limit.until) {
        return false
      }
    }
    return false
  }

  /** Runs to the end without keeping the rows. */
  drain(): void {
    while (this.statement.step()) continue
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

  close(): void {
    this.#connection.release(this.statement)
  }
}
