import type { SqlValue } from '../../../values.ts'
import { compareValues } from '../incremental/compare-values.ts'
import type { ChangedRow } from '../predicates/row-changes.ts'
import type { GroupsPlan } from './groups-plan.ts'
import type { PlannedAggregate, SumFacts } from './groups-selection.ts'

/** The kept row of a group; that it has no rows any more; or that it has to be asked for. */
export type AdjustedGroup = readonly SqlValue[] | 'gone' | 'unknown'

/**
 * What a group comes to once rows were added to it and taken from it. `changed` are all of these, and no others;
 * `known` is the kept row, undefined for a group that there was not.
 */
export function adjustGroup(
  plan: GroupsPlan,
  known: readonly SqlValue[] | undefined,
  group: readonly SqlValue[],
  changed: readonly ChangedRow[],
): AdjustedGroup {
  const before = known ?? emptyGroup(plan, group)
  const after = [...before]
  const count = addCounts(before[plan.countColumn], sum(changed.map(({ net }) => net)))
  if (count === undefined) return 'unknown'
  if (count === 0 && plan.groupCount > 0) return 'gone'
  after[plan.countColumn] = count
  for (const aggregate of plan.aggregates) {
    const { of } = aggregate
    const values = changed.flatMap(({ values: row, net }) => {
      const value = of === undefined ? 0 : row[of]
      return value === null || value === undefined || net === 0 ? [] : [{ value, net }]
    })
    if (!adjust(aggregate, before, after, values)) return 'unknown'
  }
  return after
}

interface Adjustment {
  readonly value: NonNullable<SqlValue>
  readonly net: number
}

/** Writes to `after`; returns whether that was possible. */
function adjust(
  aggregate: PlannedAggregate,
  before: readonly SqlValue[],
  after: SqlValue[],
  values: readonly Adjustment[],
): boolean {
  switch (aggregate.name) {
    case 'count': {
      const count = addCounts(before[aggregate.column], sum(values.map(({ net }) => net)))
      if (count !== undefined) after[aggregate.column] = count
      return count !== undefined
    }
    case 'min':
    case 'max':
      return adjustExtreme(aggregate.name, aggregate.column, after, values)
    default:
      return adjustSum(aggregate, aggregate.facts, before, after, values)
  }
}

/** The least of the values; which one comes next once it is taken away, nobody knows. */
function adjustExtreme(
  name: 'min' | 'max',
  column: number,
  row: SqlValue[],
  values: readonly Adjustment[],
): boolean {
  const sign = name === 'min' ? 1 : -1
  let extreme = row[column] ?? null
  for (const { value, net } of values) {
    if (net > 0 && (extreme === null || sign * compare(value, extreme) < 0)) extreme = value
  }
  row[column] = extreme
  if (!isText(extreme)) return false
  return values.every(
    ({ value, net }) =>
      isText(value) && (net > 0 || (extreme !== null && sign * compare(value, extreme) > 0)),
  )
}

/** Of integers, as long as no order of adding them up can pass what a double tells exactly. */
function adjustSum(
  { name, column }: PlannedAggregate,
  facts: SumFacts,
  before: readonly SqlValue[],
  after: SqlValue[],
  values: readonly Adjustment[],
): boolean {
  const count = addCounts(before[facts.count], sum(values.map(({ net }) => net)))
  const known = [before[facts.sum] ?? 0, before[facts.least] ?? 0, before[facts.greatest] ?? 0]
  const numbers = [...known, ...values.map(({ value }) => value)]
  if (count === undefined || !numbers.every((each) => Number.isSafeInteger(each))) return false
  const bounds = numbers.slice(1).map((each) => Math.abs(Number(each)))
  const most = Number(before[facts.count] ?? 0) + sum(values.map(({ net }) => Math.abs(net)))
  if (!Number.isSafeInteger(most * Math.max(...bounds))) return false
  const total = Number(known[0]) + sum(values.map(({ value, net }) => Number(value) * net))
  after[facts.count] = count
  after[facts.sum] = count === 0 ? null : total
  // Not narrowed where values are taken away: they bound what there is.
  const added = values.flatMap(({ value, net }) => (net > 0 ? [Number(value)] : []))
  after[facts.least] = Math.min(Number(known[1]), ...added)
  after[facts.greatest] = Math.max(Number(known[2]), ...added)
  if (name === 'total') after[column] = count === 0 ? 0 : total
  else if (count === 0) after[column] = null
  else after[column] = name === 'sum' ? total : total / count
  return true
}

function emptyGroup(plan: GroupsPlan, group: readonly SqlValue[]): readonly SqlValue[] {
  const row: SqlValue[] = []
  const set = (column: number, value: SqlValue): void => {
    row[column] = value
  }
  for (const aggregate of plan.aggregates) {
    const { name, column } = aggregate
    set(column, name === 'count' || name === 'total' ? 0 : null)
    if (!('facts' in aggregate)) continue
    const { count, sum: added, type, least, greatest } = aggregate.facts
    set(count, 0)
    set(type, 'integer')
    for (const each of [added, least, greatest]) set(each, null)
  }
  for (const [index, column] of plan.keyColumns.entries()) set(column, group[index] ?? null)
  for (const [column, index] of plan.shown) set(column, group[index] ?? null)
  set(plan.countColumn, 0)
  return row
}

/** Undefined where fewer than none would be left, so that something is not as it is thought to be. */
function addCounts(count: SqlValue | undefined, more: number): number | undefined {
  const next = Number(count ?? 0) + more
  return Number.isSafeInteger(next) && next >= 0 ? next : undefined
}

function compare(a: SqlValue, b: SqlValue): number {
  return compareValues(a, b, 'binary')
}

/** What is no character is read as one. */
function isText(value: SqlValue): boolean {
  return typeof value !== 'string' || !value.includes('\uFFFD')
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
