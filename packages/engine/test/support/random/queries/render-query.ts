import { Picker, type Picks } from '../picker.ts'
import type { Relation } from '../relation.ts'
import { compound, expanded, ofTheSchema, spatialSearch, textSearch, windowed } from './further-queries.ts'
import { groupedJoin, joinByName, joinOn, sortedJoin, threeJoined } from './join-queries.ts'
import type { RandomQuery } from './random-query.ts'
import { counting, distinct, grouped, plain, sorted, total } from './select-queries.ts'
import { commonTable, derived, exists, inSubquery, recursive, scalarSubquery } from './subqueries.ts'

export type QueryKind = (p: Picker, relations: readonly Relation[]) => RandomQuery

/** A random statement that reads. Its rows are determined by what it reads. */
export function renderQuery(
  numbers: Picks,
  relations: readonly Relation[],
  kinds: readonly [QueryKind, ...QueryKind[]] = ANY_QUERY,
): RandomQuery {
  const p = new Picker(numbers)
  return p.of(kinds)(p, relations)
}

/** Rows, joins and groups, in all orders. The more useful ones more often. */
export const QUERY_OF_ROWS: readonly [QueryKind, ...QueryKind[]] = [
  plain,
  sorted,
  sorted,
  sorted,
  sorted,
  sorted,
  distinct,
  total,
  total,
  grouped,
  grouped,
  grouped,
  joinOn,
  sortedJoin,
  sortedJoin,
  groupedJoin,
  threeJoined,
  scalarSubquery,
]

/** All of the grammar. */
export const ANY_QUERY: readonly [QueryKind, ...QueryKind[]] = [
  ...QUERY_OF_ROWS,
  plain,
  plain,
  counting,
  joinByName,
  inSubquery,
  exists,
  compound,
  commonTable,
  recursive,
  windowed,
  derived,
  textSearch,
  spatialSearch,
  expanded,
  ofTheSchema,
]
