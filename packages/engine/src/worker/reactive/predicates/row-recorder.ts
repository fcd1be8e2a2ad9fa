import type { SqlValue } from '../../../values.ts'
import type { Connection } from '../../sqlite/connection.ts'
import type { RowHook, RowListener } from '../../sqlite/row-hook.ts'
import { splitTableKey, type TableKey } from '../../sqlite/statement-access.ts'
import { RowChanges, type TableWatch } from './row-changes.ts'

interface Recorded {
  readonly watch: TableWatch
  readonly columns: readonly number[]
}

/** Records which rows a statement changes, of the tables that are watched. */
export class RowRecorder implements RowListener {
  readonly #connection: Connection
  /** Whether somebody still wants to know which rows of a table change in this transaction. */
  readonly #isWanted: (key: TableKey) => boolean
  #hook: RowHook | undefined
  #watches: ReadonlyMap<TableKey, TableWatch> = new Map()
  #tables: ReadonlyMap<TableKey, Recorded> = new Map()
  readonly #changes = new Map<TableKey, RowChanges>()
  /** Some row could not be read. */
  #hasFailed = false

  constructor(connection: Connection, isWanted: (key: TableKey) => boolean) {
    this.#connection = connection
    this.#isWanted = isWanted
  }

  /** From the next statement on. The hook is installed when it is first of use, and stays. */
  watch(watches: ReadonlyMap<TableKey, TableWatch>): void {
    if (watches === this.#watches) return
    this.#watches = watches
    this.#tables = new Map(
      [...watches].map(([key, watch]) => [key, { watch, columns: watch.columns.map(({ index }) => index) }]),
    )
    if (watches.size > 0) this.#hook ??= this.#connection.hookRows(this)
  }

  /** A statement begins. */
  begin(): void {
    this.#hook?.reset()
    this.#changes.clear()
    this.#hasFailed = false
  }

  /**
   * The rows of a table that the statement changed; undefined where they are not known, since it changed more than
   * the hook was called for, as a statement does that empties a table at once, prepared before there was a hook.
   */
  changesOf(key: TableKey, rowsCounted: bigint): RowChanges | undefined {
    const table = this.#tables.get(key)
    const count = this.#hook?.count
    if (table === undefined || count === undefined || this.#hasFailed || !this.#isWanted(key))
      return undefined
    if (BigInt(count) < rowsCounted || isOfSqlite(key)) return undefined
    return this.#changes.get(key) ?? new RowChanges(table.watch)
  }

  columnsOf(key: TableKey): readonly number[] | undefined {
    return this.#isWanted(key) ? this.#tables.get(key)?.columns : undefined
  }

  note(key: TableKey, values: readonly SqlValue[] | undefined, net: number): void {
    const table = this.#tables.get(key)
    if (values === undefined || table === undefined) {
      this.#hasFailed = true
      return
    }
    let changes = this.#changes.get(key)
    if (changes === undefined) this.#changes.set(key, (changes = new RowChanges(table.watch)))
    changes.add(values, net)
  }
}

/** What SQLite writes to its own tables, as the numbers of AUTOINCREMENT, it tells nobody. */
function isOfSqlite(key: TableKey): boolean {
  return splitTableKey(key).table.startsWith('sqlite_')
}
