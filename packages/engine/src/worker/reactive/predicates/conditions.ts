import {
  traverse,
  type AstNode,
  type Expr,
  type SelectFrom,
  type SelectStmt,
  type TableSelectTable,
} from 'sqlite3-parser'
import { parseSelect } from '../parse-select.ts'
import { mayFail } from './may-fail.ts'
import { operandOf, type Operand } from './operand.ts'
import { ParameterPlaces } from './parameter-places.ts'

/** A conjunct that compares a column with what is the same for each row. */
export interface Condition {
  /** As it is written. */
  readonly column: string
  readonly comparison: Comparison
}

export type Comparison =
  | { readonly kind: 'equal'; readonly operands: readonly Operand[] }
  | { readonly kind: 'range'; readonly lower: Limit | undefined; readonly upper: Limit | undefined }

export interface Limit {
  readonly operand: Operand
  readonly isIncluded: boolean
}

/** A table where it stands in a statement, and what its rows have to fulfil to have a part in the result. */
export interface TableConditions {
  readonly schema: string | undefined
  readonly table: string
  /** Whether its name stands in the whole statement once. */
  readonly isOnce: boolean
  readonly conditions: readonly Condition[]
}

/** Why a statement has no conditions that can be relied on. */
export type ConditionObstacle = 'unknown-syntax' | 'may-fail'

/**
 * The conditions at the top of the WHERE clauses of a statement. A row that does not fulfil one of them has no part
 * in the result, whatever the joins are: where an outer join puts NULL in its place, that does not fulfil it either.
 */
export function findConditions(sql: string): readonly TableConditions[] | ConditionObstacle {
  const statement = parseSelect(sql)
  if (statement === undefined) return 'unknown-syntax'
  if (filtersMayFail(statement)) return 'may-fail'
  const occurrences = countTables(statement)
  const places = new ParameterPlaces(statement)
  return coresOf(statement).flatMap((core) => conditionsOf(core, occurrences, places))
}

/** Whether a row that has no part in the result may make it fail. */
export function filtersMayFail(statement: SelectStmt): boolean {
  // Wherever it stands, it may come to be evaluated with what is further in.
  return coresOf(statement).flatMap(filtersOf).some(mayFail)
}

function coresOf(statement: SelectStmt): readonly SelectFrom[] {
  const cores: SelectFrom[] = []
  traverse(statement, { nodes: { SelectFrom: (core) => void cores.push(core) } })
  return cores
}

/** What decides which rows there are. */
function filtersOf({ from, whereClause }: SelectFrom): readonly AstNode[] {
  const constraints = (from?.joins ?? []).flatMap(({ constraint }) => constraint ?? [])
  return whereClause === undefined ? constraints : [whereClause, ...constraints]
}

/** How often each name is one of a table, or of a common table expression that may hide it. */
export function countTables(statement: SelectStmt): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  const count = (name: string): void => {
    const key = name.toLowerCase()
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  traverse(statement, {
    nodes: {
      TableSelectTable: ({ tblName }) => count(tblName.objName.text),
      TableCallSelectTable: ({ tblName }) => count(tblName.objName.text),
      InTableExpr: ({ rhs }) => count(rhs.objName.text),
      CommonTableExpr: ({ tblName }) => {
        count(tblName.text)
        count(tblName.text)
      },
    },
  })
  return counts
}

function conditionsOf(
  { from, whereClause }: SelectFrom,
  occurrences: ReadonlyMap<string, number>,
  places: ParameterPlaces,
): readonly TableConditions[] {
  const sources = from === undefined ? [] : [from.select, ...(from.joins ?? []).map(({ table }) => table)]
  const conjuncts = whereClause === undefined ? [] : [...conjunctsOf(whereClause)]
  const isAlone = sources.length === 1
  return sources
    .filter((source) => source?.type === 'TableSelectTable')
    .map((source) => {
      const { dbName, objName } = source.tblName
      return {
        schema: dbName?.text,
        table: objName.text,
        isOnce: occurrences.get(objName.text.toLowerCase()) === 1,
        conditions: conjuncts.flatMap((conjunct) => conditionOf(conjunct, source, isAlone, places) ?? []),
      }
    })
}

/** What a row has to fulfil, all of it. */
export function* conjunctsOf(expression: Expr): Iterable<Expr> {
  if (expression.type === 'BinaryExpr' && expression.op === 'And') {
    yield* conjunctsOf(expression.left)
    yield* conjunctsOf(expression.right)
  } else if (expression.type === 'ParenthesizedExpr' && expression.exprs.length === 1) {
    for (const inner of expression.exprs) yield* conjunctsOf(inner)
  } else yield expression
}

type Compare = (operand: Operand) => Comparison

/** What `column operator operand` says. */
const COMPARISONS: Readonly<Record<string, Compare>> = {
  Equals: (operand) => ({ kind: 'equal', operands: [operand] }),
  Less: (operand) => ({ kind: 'range', lower: undefined, upper: { operand, isIncluded: false } }),
  LessEquals: (operand) => ({ kind: 'range', lower: undefined, upper: { operand, isIncluded: true } }),
  Greater: (operand) => ({ kind: 'range', lower: { operand, isIncluded: false }, upper: undefined }),
  GreaterEquals: (operand) => ({ kind: 'range', lower: { operand, isIncluded: true }, upper: undefined }),
}
const MIRRORED: Readonly<Record<string, string>> = {
  Equals: 'Equals',
  Less: 'Greater',
  LessEquals: 'GreaterEquals',
  Greater: 'Less',
  GreaterEquals: 'LessEquals',
}

function conditionOf(
  conjunct: Expr,
  table: TableSelectTable,
  isAlone: boolean,
  places: ParameterPlaces,
): Condition | undefined {
  const columnOf = (expression: Expr): string | undefined => columnIn(expression, table, isAlone)
  const operand = (expression: Expr): Operand | undefined => operandOf(expression, places)
  switch (conjunct.type) {
    case 'BinaryExpr': {
      const { left, op, right } = conjunct
      return (
        compare(columnOf(left), COMPARISONS[op], operand(right)) ??
        compare(columnOf(right), COMPARISONS[MIRRORED[op] ?? ''], operand(left))
      )
    }
    case 'BetweenExpr': {
      const column = columnOf(conjunct.lhs)
      const [start, end] = [operand(conjunct.start), operand(conjunct.end)]
      if (column === undefined || start === undefined || end === undefined || conjunct.not) return undefined
      const lower = { operand: start, isIncluded: true }
      return { column, comparison: { kind: 'range', lower, upper: { operand: end, isIncluded: true } } }
    }
    case 'InListExpr': {
      const column = columnOf(conjunct.lhs)
      const operands = (conjunct.rhs ?? []).map(operand)
      if (column === undefined || conjunct.not || !operands.every((each) => each !== undefined))
        return undefined
      return { column, comparison: { kind: 'equal', operands } }
    }
    default:
      return undefined
  }
}

function compare(
  column: string | undefined,
  comparison: Compare | undefined,
  operand: Operand | undefined,
): Condition | undefined {
  if (column === undefined || comparison === undefined || operand === undefined) return undefined
  return { column, comparison: comparison(operand) }
}

/** The name of a column that can only be one of this table. */
export function columnIn(
  expression: Expr,
  { tblName, alias }: TableSelectTable,
  isAlone: boolean,
): string | undefined {
  if (expression.type === 'Id') return isAlone ? expression.name : undefined
  if (expression.type !== 'QualifiedExpr' || expression.schema !== undefined) return undefined
  const name = alias?.name.text ?? tblName.objName.text
  return expression.table.text.toLowerCase() === name.toLowerCase() ? expression.column.text : undefined
}
