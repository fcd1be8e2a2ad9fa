import type { Expr, TableSelectTable } from 'sqlite3-parser'
import { columnIn } from '../predicates/conditions.ts'
import type { TableColumn } from '../predicates/column-rules.ts'
import type { SelectText } from '../incremental/select-text.ts'

export type AggregateName = 'count' | 'sum' | 'total' | 'avg' | 'min' | 'max'

/** What a result column shows of a group: the value that all its rows have in a column, or what they come to. */
export type GroupColumn =
  | { readonly kind: 'group'; readonly column: TableColumn }
  /** Of all rows, where there is no column. */
  | { readonly kind: 'aggregate'; readonly name: AggregateName; readonly column: TableColumn | undefined }

/** The columns that rows are grouped by, and what is shown of the groups. */
export interface FoundAggregates {
  readonly groups: readonly TableColumn[]
  readonly shown: readonly GroupColumn[]
}

type Columns = ReadonlyMap<string, TableColumn>

/** The aggregates of a statement, if there is nothing else in it: no HAVING, and no expressions of columns. */
export function findAggregates(text: SelectText, columns: Columns): FoundAggregates | undefined {
  const { core } = text
  if (core.having !== undefined) return undefined
  const groups = (core.groupBy ?? []).map((by) => groupColumn(by, text, columns))
  // Of texts that are equal by another collation, a group shows any.
  if (!groups.every((column) => column?.rules.collation === 'binary')) return undefined
  const known = groups as readonly TableColumn[]
  const shown = core.columns.map((column) =>
    column.type === 'ExprResultColumn' ? readGroupColumn(column.expr, known, text, columns) : undefined,
  )
  return shown.every((column) => column !== undefined) ? { groups: known, shown } : undefined
}

/** What an expression shows of a group. */
export function readGroupColumn(
  expression: Expr,
  groups: readonly TableColumn[],
  text: SelectText,
  columns: Columns,
): GroupColumn | undefined {
  const column = columnOf(expression, text, columns)
  if (column !== undefined) return groups.includes(column) ? { kind: 'group', column } : undefined
  if (expression.type === 'FunctionCallStarExpr') {
    const isPlain = expression.filterOver === undefined && expression.name.name.toLowerCase() === 'count'
    return isPlain ? { kind: 'aggregate', name: 'count', column: undefined } : undefined
  }
  if (expression.type !== 'FunctionCallExpr') return undefined
  const { args = [], distinctness, orderBy, filterOver } = expression
  const name = AGGREGATES.get(expression.name.name.toLowerCase())
  const [argument, ...others] = args
  if (name === undefined || argument === undefined || others.length > 0) return undefined
  if (distinctness !== undefined || orderBy !== undefined || filterOver !== undefined) return undefined
  const of = columnOf(argument, text, columns)
  // Of texts that are equal by another collation, the least may be any.
  const isSure = of !== undefined && (name === 'count' || of.rules.collation === 'binary')
  return isSure ? { kind: 'aggregate', name, column: of } : undefined
}

const AGGREGATES: ReadonlyMap<string, AggregateName> = new Map(
  (['count', 'sum', 'total', 'avg', 'min', 'max'] as const).map((name) => [name, name]),
)

/** A number and an alias mean a result column, if there is no column of that name. */
function groupColumn(by: Expr, text: SelectText, columns: Columns): TableColumn | undefined {
  const column = columnOf(by, text, columns)
  if (column !== undefined) return column
  const meant = text.core.columns.find((each, index) => {
    if (each.type !== 'ExprResultColumn') return false
    if (by.type === 'NumericLiteral') return by.value === String(index + 1)
    return by.type === 'Id' && each.alias?.name.text.toLowerCase() === by.name.toLowerCase()
  })
  return meant?.type === 'ExprResultColumn' ? columnOf(meant.expr, text, columns) : undefined
}

function columnOf(expression: Expr, { sources }: SelectText, columns: Columns): TableColumn | undefined {
  const name = columnIn(expression, sources[0] as TableSelectTable, true)
  return name === undefined ? undefined : columns.get(name.toLowerCase())
}
