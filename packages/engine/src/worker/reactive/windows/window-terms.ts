import type { Expr, ResultColumn } from 'sqlite3-parser'
import type { Connection } from '../../sqlite/connection.ts'
import { quote } from '../../sqlite/quote.ts'
import type { Statement } from '../../sqlite/statement.ts'
import { tableKey } from '../../sqlite/statement-access.ts'
import type { Task } from '../../task.ts'
import type { Catalog } from '../catalog.ts'
import { KeptSelection, type SelectedTerm } from '../incremental/kept-selection.ts'
import type { KeyedSource } from '../incremental/keyed-sources.ts'
import { textTerms, type TextTerm } from '../incremental/order-terms.ts'
import { prepareMade } from '../incremental/prepare-made.ts'
import type { SelectText } from '../incremental/select-text.ts'
import { mayFail } from '../predicates/may-fail.ts'
import type { WindowTerm } from './window-text.ts'

/** Why it is not told by what rows are sorted. */
export type TermObstacle = 'may-fail' | 'unsure-order'

/** A statement of which the terms are sought. */
export interface SortedSelect {
  readonly text: SelectText
  readonly sources: readonly KeyedSource[]
  /** The names of its columns. */
  readonly names: readonly string[]
}

/** The terms of ORDER BY, and the keys of the rows after them, as expressions. */
export function* windowTerms(
  select: SortedSelect,
  connection: Connection,
  catalog: Catalog,
): Task<readonly WindowTerm[] | TermObstacle> {
  const { text, sources, names } = select
  const sorted = textTerms(text, names)
  if (sorted === undefined) return 'unsure-order'
  const selection = new KeptSelection(text, sources, sorted, names.length)
  const made = yield* prepareMade(selection.whole, connection)
  if (made === undefined) return 'unsure-order'
  try {
    const columns = made.columnNames()
    if (!names.every((name, index) => columns[index] === name)) return 'unsure-order'
    const given = [...sorted.map((term, index) => givenText(term, index, select, made)), ...keyTexts(sources)]
    const terms: WindowTerm[] = []
    for (const [index, term] of selection.terms.entries()) {
      const each = given[index]
      if (each === undefined) return 'unsure-order'
      // It comes to be a condition, which is asked of rows that others leave out.
      if (each.part !== undefined && mayFail(each.part)) return 'may-fail'
      const isNullable = yield* isNullableTerm(term, made, sources, catalog)
      terms.push(toTerm(term, each, isNullable))
    }
    return terms
  } finally {
    const releasing = connection.release(made)
    if (releasing !== undefined) yield releasing
  }
}

interface GivenText {
  readonly text: string
  /** Whether it is the name of a column and nothing else. */
  readonly isName: boolean
  readonly sortedBy: string
  readonly part: Expr | undefined
}

function givenText(
  { by, collation }: TextTerm,
  index: number,
  select: SortedSelect,
  made: Statement,
): GivenText | undefined {
  if (typeof by === 'string') {
    const part = select.text.orderBy[index]?.expr
    return { text: by, isName: collation === undefined && isName(part), sortedBy: by, part }
  }
  const sortedBy = String(by + 1)
  const part = expressionOf(by, select)
  if (part !== undefined) return { text: select.text.textOf(part), isName: isName(part), sortedBy, part }
  const text = originText(by, select, made)
  return text === undefined ? undefined : { text, isName: true, sortedBy, part }
}

function keyTexts(sources: readonly KeyedSource[]): readonly GivenText[] {
  return sources
    .flatMap((source) => source.keyTexts)
    .map((text) => ({ text, isName: true, sortedBy: text, part: undefined }))
}

function toTerm(
  { direction, nulls, collation }: SelectedTerm,
  given: GivenText,
  isNullable: boolean,
): WindowTerm {
  const bare = given.isName ? given.text : `(${given.text}\n)`
  const expression = collation === undefined ? bare : `${bare} collate ${collation}`
  return { expression, sortedBy: given.sortedBy, collation, direction, nulls, isNullable }
}

/** That of a result column; undefined where a star stands for it. */
function expressionOf(index: number, { text, names }: SortedSelect): Expr | undefined {
  const { columns } = text.core
  const isStar = ({ type }: ResultColumn): boolean => type !== 'ExprResultColumn'
  const fromEnd = columns.length - names.length + index
  const isBefore = !columns.slice(0, index + 1).some(isStar)
  const isAfter = !columns.slice(Math.max(0, fromEnd)).some(isStar)
  const column = isBefore ? columns[index] : isAfter ? columns[fromEnd] : undefined
  return column?.type === 'ExprResultColumn' ? column.expr : undefined
}

/** The name of the column that a result column shows, where there is one table in the statement that it can be of. */
function originText(index: number, { text, sources }: SortedSelect, made: Statement): string | undefined {
  const origin = made.columnOrigin(index)
  if (origin === undefined) return undefined
  const places = placesOf(tableKey(origin.schema, origin.table), sources)
  const source = text.sources[places[0] ?? -1]
  if (places.length !== 1 || source?.type !== 'TableSelectTable') return undefined
  return `${quote(source.alias?.name.text ?? source.tblName.objName.text)}.${quote(origin.column)}`
}

/** A table that an outer join fills up has NULL in each of its columns. */
function* isNullableTerm(
  { column }: SelectedTerm,
  made: Statement,
  sources: readonly KeyedSource[],
  catalog: Catalog,
): Task<boolean> {
  const origin = made.columnOrigin(column)
  if (origin === undefined) return true
  const table = tableKey(origin.schema, origin.table)
  const places = placesOf(table, sources)
  const isPresent = places.length === 1 && sources[places[0] ?? -1]?.isFollowed === true
  return !isPresent || (yield* catalog.isNullable(table, origin.column))
}

function placesOf(table: string, sources: readonly KeyedSource[]): readonly number[] {
  return sources.flatMap((source, index) => (source.table === table ? [index] : []))
}

function isName(part: Expr | undefined): boolean {
  return part?.type === 'Id' || part?.type === 'QualifiedExpr'
}
