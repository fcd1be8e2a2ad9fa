import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import type { ColumnType } from '../record.ts'

const CONVERSIONS: Readonly<Record<ColumnType, string>> = {
  I: "format('%d', ((cast(?1 as integer) & 4294967295) + 2147483648 & 4294967295) - 2147483648)",
  R: "format('%.3f', cast(?1 as real))",
  T: 'cast(?1 as text)',
}

interface ReferenceResult {
  readonly width: number
  readonly rows: readonly (readonly SQLOutputValue[])[]
}

/**
 * The SQLite of Node: built by others, of another version, without any part of this engine. It also
 * makes the text of values, so that the runner's rendering is not compared with itself.
 */
export class ReferenceDatabase {
  readonly #database = new DatabaseSync(':memory:')

  /** Rows changed, or undefined if it fails. */
  run(sql: string): number | undefined {
    return attempt(() => {
      this.#database.exec(sql)
      return Number(this.#database.prepare('select changes() as n').get()?.['n'])
    })
  }

  /** Its rows by position, integers as `bigint`, or undefined if it fails. */
  query(sql: string): ReferenceResult | undefined {
    return attempt(() => {
      const statement = this.#database.prepare(sql)
      statement.setReadBigInts(true)
      statement.setReturnArrays(true)
      const rows = statement.all() as unknown as ReferenceResult['rows']
      return { width: statement.columns().length, rows }
    })
  }

  render(type: ColumnType, value: SQLOutputValue): string {
    if (value === null) return 'NULL'
    const row = this.#database.prepare(`select cast(${CONVERSIONS[type]} as blob) as bytes`).get(value)
    const bytes = row?.['bytes']
    if (!(bytes instanceof Uint8Array)) throw new Error(`${String(value)} cannot be converted to ${type}.`)
    // The original program is in C, where text ends at the first NUL, and a character is a byte.
    const [text = ''] = Buffer.from(bytes).toString('latin1').split('\0')
    return text === '' ? '(empty)' : text.replaceAll(/[^ -~]/g, '@')
  }

  close(): void {
    this.#database.close()
  }
}

/** Undefined if SQLite raises an error. */
function attempt<Value>(action: () => Value): Value | undefined {
  try {
    return action()
  } catch (error) {
    if (error instanceof Error && 'errcode' in error) return undefined
    throw error
  }
}
