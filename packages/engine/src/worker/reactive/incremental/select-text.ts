import {
  traverse,
  type Expr,
  type SelectFrom,
  type SelectStmt,
  type SelectTable,
  type SortedColumn,
  type VariableExpr,
} from 'sqlite3-parser'
import { parseSelect } from '../parse-select.ts'
import { ParameterPlaces } from '../predicates/parameter-places.ts'

interface Place {
  readonly offset: number
  readonly length: number
}

/** Why a statement cannot be cut. */
export type TextObstacle = 'unknown-syntax' | 'combined'

/**
 * A statement that selects from tables and does nothing else with their rows, with the texts of its clauses, to
 * make another of them. Parameters in them are numbered, so that they mean the same in another place.
 */
export class SelectText {
  readonly statement: SelectStmt
  readonly core: SelectFrom
  readonly sources: readonly SelectTable[]
  readonly places: ParameterPlaces
  readonly #sql: string
  readonly #variables: readonly VariableExpr[]

  /** Undefined where clauses or comments are in the way. */
  static cut(sql: string, statement: SelectStmt, places: ParameterPlaces): SelectText | TextObstacle {
    const { with: common, select, compounds } = statement.body
    if (common !== undefined || compounds !== undefined || select.type !== 'SelectFrom') return 'combined'
    if (select.from?.select === undefined || select.distinctness !== undefined) return 'combined'
    if (select.windowClause !== undefined) return 'combined'
    const text = new SelectText(sql, statement, select, places)
    return text.#isCutRight() ? text : 'unknown-syntax'
  }

  private constructor(sql: string, statement: SelectStmt, core: SelectFrom, places: ParameterPlaces) {
    const { from } = core
    this.#sql = sql
    this.statement = statement
    this.core = core
    this.places = places
    this.sources = [from?.select, ...(from?.joins ?? []).map(({ table }) => table)].filter(
      (source) => source !== undefined,
    )
    const variables: VariableExpr[] = []
    traverse(statement, { nodes: { VariableExpr: (variable) => void variables.push(variable) } })
    this.#variables = variables.toSorted((a, b) => a.span.offset - b.span.offset)
  }

  /** Whether a parameter has a name. */
  get hasNames(): boolean {
    return this.#variables.some(({ name }) => !name.startsWith('?'))
  }

  get orderBy(): readonly SortedColumn[] {
    return this.statement.body.orderBy ?? []
  }

  /** What stands between SELECT and FROM. */
  get columns(): string {
    const start = this.core.span.offset + 'select'.length
    return this.#slice({ offset: start, length: this.#fromPlace.offset - start })
  }

  /** The clause with its first word. */
  get from(): string {
    return this.#slice(this.#fromPlace)
  }

  /** The statement with more columns and conditions, and without what comes after those. */
  extended(columns: readonly string[], conditions: readonly string[]): string {
    const { whereClause } = this.core
    const all = [...(whereClause ? [`(${this.textOf(whereClause)}\n)`] : []), ...conditions]
    const where = all.length === 0 ? '' : `\nwhere ${all.join(' and ')}`
    return `select ${this.columns}\n, ${columns.join(', ')}\n${this.from}${where}`
  }

  textOf({ span }: Expr): string {
    return this.#slice(span)
  }

  get #fromPlace(): Place {
    return this.core.from?.span ?? this.core.span
  }

  /** Whether between the clauses there is nothing but the words that begin them. */
  #isCutRight(): boolean {
    const { whereClause, groupBy } = this.core
    const start = this.core.span
    if (this.#sql.slice(start.offset, start.offset + 6).toLowerCase() !== 'select') return false
    if (whereClause !== undefined && this.#between(this.#fromPlace, whereClause.span) !== 'where')
      return false
    const [by] = groupBy ?? []
    if (by !== undefined) {
      return this.#between(whereClause?.span ?? this.#fromPlace, by.span).replace(/\s+/, ' ') === 'group by'
    }
    return true
  }

  #between(before: Place, after: Place): string {
    return this.#sql
      .slice(before.offset + before.length, after.offset)
      .trim()
      .toLowerCase()
  }

  #slice({ offset, length }: Place): string {
    let text = ''
    let start = offset
    const end = offset + length
    for (const variable of this.#variables) {
      const at = variable.span.offset
      if (at < offset || at >= end || variable.name !== '?') continue
      text += `${this.#sql.slice(start, at)}?${this.places.numberOf(variable)}`
      start = at + 1
    }
    return text + this.#sql.slice(start, end)
  }
}

/** A statement, cut; or why that is not possible. */
export function cutSelect(sql: string): SelectText | TextObstacle {
  const statement = parseSelect(sql)
  return statement === undefined
    ? 'unknown-syntax'
    : SelectText.cut(sql, statement, new ParameterPlaces(statement))
}
