import type { Statement } from './statement-input.ts'
import type { SqlParameter, SqlRow } from './values.ts'
import { DataSyncError } from './errors.ts'

/** A piece of SQL made by `sql`, which can be part of a larger one. */
export interface SqlFragment<Row = SqlRow> extends Statement<Row> {
  readonly parameters: readonly SqlParameter[]
}

export interface SqlTag {
  /** Text with values in it: each becomes a parameter, each fragment a part of the text. */
  <Row = SqlRow>(
    strings: TemplateStringsArray,
    ...values: readonly (SqlParameter | SqlFragment<unknown>)[]
  ): SqlFragment<Row>
  /**
   * A name, quoted; several are joined by dots.
   *
   * @example sql`select * from ${sql.identifier('archive', table)}`
   */
  identifier(...names: readonly [string, ...string[]]): SqlFragment
  /**
   * Values or fragments, separated by commas. Without any, it is empty: SQLite allows `in ()`.
   *
   * @example sql`select * from todo where id in (${sql.list(ids)})`
   */
  list(values: Iterable<SqlParameter | SqlFragment<unknown>>): SqlFragment
  /**
   * Text as it is. Never pass on what somebody entered.
   *
   * @example sql`select * from todo order by due ${sql.raw(descending ? 'desc' : 'asc')}`
   */
  raw(text: string): SqlFragment
}

/** Shared by all copies of this package, so that fragments of one fit into another's. */
const FRAGMENT = Symbol.for('datasync.sql-fragment')

/**
 * Writes a statement with its values in place. They are bound as parameters, never made part of the
 * text. The type of the rows, if given, is that of `query`, `observe` and every hook. A value that
 * cannot be bound is reported by the call that the statement is given to.
 *
 * @example
 * const open = sql<Todo>`select * from todo where done = ${false} and list = ${list}`
 * const todos = await db.query(open)
 */
export const sql: SqlTag = Object.assign(
  <Row>(strings: TemplateStringsArray, ...values: readonly unknown[]): SqlFragment<Row> => {
    const pieces = strings.flatMap((text, index) =>
      index === 0 ? [raw(text)] : [toFragment(values[index - 1]), raw(text)],
    )
    return join(pieces, '') as SqlFragment<Row>
  },
  {
    identifier: (...names: readonly string[]) => raw(names.map(quote).join('.')),
    list: (values: Iterable<unknown>) => join(Array.from(values, toFragment), ', '),
    raw,
  },
)

function raw(text: string): SqlFragment {
  return createFragment(String(text), [])
}

function join(fragments: readonly SqlFragment[], separator: string): SqlFragment {
  return createFragment(
    fragments.map((fragment) => fragment.sql).join(separator),
    fragments.flatMap((fragment) => fragment.parameters),
  )
}

function toFragment(value: unknown): SqlFragment {
  // What is no parameter is told by the call, which can reject; a tag could only throw while drawing.
  return isFragment(value) ? value : createFragment('?', [value as SqlParameter])
}

function createFragment(text: string, parameters: readonly SqlParameter[]): SqlFragment {
  const fragment = { sql: text, parameters: Object.freeze(parameters) }
  Object.defineProperty(fragment, FRAGMENT, { value: true })
  return Object.freeze(fragment)
}

function isFragment(value: unknown): value is SqlFragment {
  return typeof value === 'object' && value !== null && FRAGMENT in value
}

function quote(name: string): string {
  if (typeof name === 'string' && name !== '' && !name.includes('\0'))
    return `"${name.replaceAll('"', '""')}"`
  throw new DataSyncError(
    'invalid-argument',
    'A name in SQL is a string of at least one character, none of them NUL.',
  )
}
