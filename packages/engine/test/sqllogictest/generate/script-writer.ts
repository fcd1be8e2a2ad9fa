import { createHash } from 'node:crypto'
import type { ColumnType, SortMode } from '../record.ts'
import { sortValues } from '../sort-values.ts'
import { ReferenceDatabase } from './reference-database.ts'

/** As most of the original scripts have it. */
const HASH_THRESHOLD = 8

/** Writes a script, with what the reference database makes of each statement as the result. */
export class ScriptWriter {
  readonly #reference = new ReferenceDatabase()
  readonly #records: string[]
  readonly #labels = new Map<string, string>()

  /** `title` says what the script is about. */
  constructor(title: string) {
    this.#records = [
      `# ${title}\n# Written by generate/write-sample.ts: change that, not this.`,
      `hash-threshold ${HASH_THRESHOLD}`,
    ]
  }

  statement(sql: string): void {
    const isOk = this.#reference.run(sql) !== undefined
    this.#records.push(`statement ${isOk ? 'ok' : 'error'}\n${sql}`)
  }

  /** A statement of which the script also says how many rows it changes. */
  change(sql: string): void {
    const changes = this.#reference.run(sql)
    this.#records.push(`statement ${changes === undefined ? 'error' : `count ${changes}`}\n${sql}`)
  }

  /** With `nosort`, the statement determines the order of all that differs. */
  query(sql: string, sort: SortMode, label?: string): void {
    const result = this.#reference.query(sql)
    if (result === undefined) {
      this.#records.push(`statement error\n${sql}`)
      return
    }
    const { width, rows } = result
    const types = Array.from({ length: width }, (_, column) => typeOf(rows.map((row) => row[column])))
    const rendered = rows.map((row) =>
      types.map((type, column) => this.#reference.render(type, row[column] ?? null)),
    )
    const values = sortValues(rendered, sort)
    this.#assertWritable(sql, values)
    this.#assertLabel(sql, label, values)
    const head = ['query', types.join(''), sort, ...(label === undefined ? [] : [label])].join(' ')
    this.#records.push([head, sql, '----', ...abbreviate(values)].join('\n'))
  }

  /** A line of blanks would end the record, and one with `#` would be passed over. */
  #assertWritable(sql: string, values: readonly string[]): void {
    if (values.some((value) => value.trim() === '' || value.startsWith('#'))) {
      throw new Error(`The format cannot have the result of ${sql}`)
    }
  }

  #assertLabel(sql: string, label: string | undefined, values: readonly string[]): void {
    if (label === undefined) return
    const result = values.join('\n')
    if ((this.#labels.get(label) ?? result) !== result) throw new Error(`${label} has another result: ${sql}`)
    this.#labels.set(label, result)
  }

  /** The text of the script. Nothing more can be written. */
  finish(): string {
    this.#reference.close()
    return `${this.#records.join('\n\n')}\n`
  }
}

/** A column is of the type that shows most of its values. */
function typeOf(values: readonly unknown[]): ColumnType {
  if (values.some((value) => typeof value === 'number')) return 'R'
  return values.every((value) => value === null || typeof value === 'bigint') ? 'I' : 'T'
}

function abbreviate(values: readonly string[]): readonly string[] {
  if (values.length <= HASH_THRESHOLD) return values
  const hash = createHash('md5')
  for (const value of values) hash.update(`${value}\n`)
  return [`${values.length} values hashing to ${hash.digest('hex')}`]
}
