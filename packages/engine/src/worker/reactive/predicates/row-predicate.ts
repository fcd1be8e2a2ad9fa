import type { SqlParameters, SqlValue } from '../../../values.ts'
import type { TableKey } from '../../sqlite/statement-access.ts'
import type { ColumnCondition, ConditionsByTable } from './column-conditions.ts'
import type { Comparison, Limit } from './conditions.ts'
import {
  isComparedUnaltered,
  valueKey,
  type ColumnRules,
  type TableColumn,
  type ValueKey,
} from './column-rules.ts'
import { valueOf } from './operand.ts'

/** What a value has to fulfil. */
export type ValueTest =
  | { readonly kind: 'equal'; readonly values: ReadonlyMap<ValueKey, SqlValue> }
  | { readonly kind: 'range'; readonly lower: Bound | undefined; readonly upper: Bound | undefined }

export interface Bound {
  readonly value: number | bigint
  readonly isIncluded: boolean
}

export interface ColumnTest {
  readonly column: TableColumn
  readonly test: ValueTest
}

/** What a row has to fulfil, all of it, to matter to a query. Never without a test. */
export type RowPredicate = readonly ColumnTest[]

/** The predicates of all tables, for one run's parameters. */
export function rowPredicates(
  conditions: ConditionsByTable,
  parameters: SqlParameters,
): ReadonlyMap<TableKey, RowPredicate> {
  const predicates = new Map<TableKey, RowPredicate>()
  for (const [key, each] of conditions) {
    const predicate = typeof each === 'string' ? undefined : rowPredicate(each, parameters)
    if (predicate !== undefined) predicates.set(key, predicate)
  }
  return predicates
}

/** Of those conditions of which it is sure how SQLite compares. */
export function rowPredicate(
  conditions: readonly ColumnCondition[],
  parameters: SqlParameters,
): RowPredicate | undefined {
  const tests = conditions.flatMap(({ column, comparison }) => {
    const test = valueTest(comparison, column.rules, parameters)
    return test === undefined ? [] : [{ column, test }]
  })
  return tests.length === 0 ? undefined : tests
}

/** Whether a value fulfils a test. */
export function fulfils(value: SqlValue, test: ValueTest, rules: ColumnRules): boolean {
  if (value === null) return false
  if (test.kind === 'equal') return test.values.has(valueKey(value, rules) ?? '')
  const { lower, upper } = test
  // Texts and blobs come after all numbers.
  if (typeof value !== 'number' && typeof value !== 'bigint') return upper === undefined
  const isAbove = lower === undefined || value > lower.value || (lower.isIncluded && value >= lower.value)
  return isAbove && (upper === undefined || value < upper.value || (upper.isIncluded && value <= upper.value))
}

function valueTest(
  comparison: Comparison,
  rules: ColumnRules,
  parameters: SqlParameters,
): ValueTest | undefined {
  if (comparison.kind === 'range') return rangeTest(comparison, rules, parameters)
  const values = new Map<ValueKey, SqlValue>()
  for (const operand of comparison.operands) {
    const value = valueOf(operand, parameters)
    if (value === undefined || !isComparedUnaltered(value, rules)) return undefined
    const key = valueKey(value, rules)
    if (key !== undefined) values.set(key, value)
  }
  return { kind: 'equal', values }
}

/** Of numbers alone: the order of texts is that of their bytes, or of a collation. */
function rangeTest(
  { lower, upper }: Extract<Comparison, { kind: 'range' }>,
  rules: ColumnRules,
  parameters: SqlParameters,
): ValueTest | undefined {
  if (rules.affinity === 'text') return undefined
  const from = lower && bound(lower, parameters)
  const to = upper && bound(upper, parameters)
  if ((lower && !from) || (upper && !to)) return undefined
  return { kind: 'range', lower: from, upper: to }
}

function bound({ operand, isIncluded }: Limit, parameters: SqlParameters): Bound | undefined {
  const value = valueOf(operand, parameters)
  const isNumber = typeof value === 'bigint' || (typeof value === 'number' && !Number.isNaN(value))
  return isNumber ? { value, isIncluded } : undefined
}
