import { Picker, type Picks } from '../picker.ts'
import type { Relation } from '../relation.ts'
import { compound, expanded, ofTheSchema, spatialSearch, textSearch, windowed } from './further-queries.ts'
import { groupedJoin, joinByName, joinOn, sortedJoin, threeJoined } from './join-queries.ts'
import type { RandomQuery } from './random-query.ts'
import { counting, distinct, grouped, plain, sorted, total } from './select-queries.ts'
import { commonTable, derived, exists, inSubquery, recursive, scalarSubquery } from './subqueries.ts'

/** A random statement that reads. Its rows are determined by what it reads. */
export function renderQuery(numbers: Picks, relations: readonly Relation[]): RandomQuery {
  const p = new Picker(numbers)
  return p.of(QUERIES)(p, relations)
}

type Render = (p: Picker, relations: readonly Relation[]) => RandomQuery

/** The more useful ones more often. */
const QUERIES: readonly [Render, ...Render[]] = [
  plain,
  plain,
  plain,
  sorted,
  sorted,
  sorted,
  sorted,
  sorted,
  distinct,
  counting,
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
  joinByName,
  inSubquery,
  exists,
  scalarSubquery,
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
