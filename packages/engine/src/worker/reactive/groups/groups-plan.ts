import type { Statement } from '../../sqlite/statement.ts'
import type { TableKey } from '../../sqlite/statement-access.ts'
import type { Task } from '../../task.ts'
import type { Catalog } from '../catalog.ts'
import type { IncrementalObstacle } from '../incremental/incremental-plan.ts'
import { keyedSources } from '../incremental/keyed-sources.ts'
import type { StatementParameters } from '../incremental/extend-parameters.ts'
import type { KeptShape } from '../incremental/kept-rows.ts'
import { textTerms } from '../incremental/order-terms.ts'
import { limitObstacle, plannedLimit, type PlannedLimit } from '../incremental/planned-limit.ts'
import { cutSelect } from '../incremental/select-text.ts'
import type { TableColumn } from '../predicates/column-rules.ts'
import { conjunctsOf, filtersMayFail } from '../predicates/conditions.ts'
import { findAggregates } from './find-aggregates.ts'
import { GroupsSelection, type PlannedAggregate } from './groups-selection.ts'

/** How the groups of a statement are kept so that what changed is added to them and taken from them. */
export interface GroupsPlan extends KeptShape, StatementParameters {
  readonly kind: 'groups'
  readonly limit: PlannedLimit | undefined
  readonly table: TableKey
  /** The columns of the table in which changed rows are told: first those that make groups. */
  readonly columns: readonly TableColumn[]
  readonly follows: ReadonlyMap<TableKey, readonly TableColumn[]>
  /** How many conditions a row has to fulfil. */
  readonly conditionCount: number
  /** How many columns make groups; without any, all rows are one group, which is there even without rows. */
  readonly groupCount: number
  /** The columns of kept rows that show a group's values. */
  readonly keyColumns: readonly number[]
  /** Other columns of kept rows that do, by the place of the value. */
  readonly shown: ReadonlyMap<number, number>
  /** The column of kept rows that shows how many rows the group has. */
  readonly countColumn: number
  readonly aggregates: readonly PlannedAggregate[]
  /** Selects all groups. */
  readonly whole: string
  /** Selects one group; further parameters are its values. */
  readonly ofGroup: string
}

/** How a statement that counts or adds up the rows of a table can be followed; or that it cannot. */
export function* groupsPlan(statement: Statement, catalog: Catalog): Task<GroupsPlan | IncrementalObstacle> {
  const text = cutSelect(statement.sql)
  if (typeof text === 'string') return text
  if (filtersMayFail(text.statement)) return 'may-fail'
  const unlimited = limitObstacle(text)
  if (unlimited !== undefined) return unlimited
  const sources = yield* keyedSources(text, catalog)
  if (typeof sources === 'string') return sources
  const [source, ...others] = sources
  if (source === undefined || others.length > 0 || !source.isFollowed) return 'aggregate'
  const columns = yield* catalog.comparableColumns(source.table)
  const found = findAggregates(text, columns)
  if (found === undefined) return 'aggregate'
  const names = statement.columnNames()
  const terms = textTerms(text, names)
  if (terms === undefined || names.length !== found.shown.length) return 'unsure-order'
  const selection = new GroupsSelection(text, source, found, terms)
  if (selection.order === undefined) return 'unsure-order'
  const { whereClause } = text.core
  return {
    kind: 'groups',
    visibleCount: names.length,
    parameterCount: text.places.highest,
    hasNames: text.hasNames,
    limit: plannedLimit(text),
    table: source.table,
    follows: new Map([[source.table, selection.columns]]),
    conditionCount: whereClause === undefined ? 0 : [...conjunctsOf(whereClause)].length,
    groupCount: found.groups.length,
    columns: selection.columns,
    order: selection.order,
    keyColumns: selection.keyColumns,
    shown: selection.shown,
    countColumn: selection.countColumn,
    aggregates: selection.aggregates,
    whole: selection.whole,
    ofGroup: selection.ofGroup,
  }
}
