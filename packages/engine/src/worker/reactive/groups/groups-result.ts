import type { ColumnBlock, WireStatement } from '../../../link/protocol.ts'
import type { SqlParameters, SqlValue } from '../../../values.ts'
import type { Connection } from '../../sqlite/connection.ts'
import type { Task } from '../../task.ts'
import type { ChangedRows } from '../incremental/changed-rows.ts'
import { FollowedResult, type FollowedChanges } from '../incremental/followed-result.ts'
import { exactKeyOf, type ExactKey } from '../incremental/exact-key.ts'
import { joinBlocks } from '../incremental/join-blocks.ts'
import { KeptRows } from '../incremental/kept-rows.ts'
import { keptWindow } from '../incremental/kept-window.ts'
import { canExtend, extendParameters } from '../incremental/extend-parameters.ts'
import { readBlock } from '../incremental/read-block.ts'
import type { ChangedRow, TableChanges } from '../predicates/row-changes.ts'
import { rowPredicate } from '../predicates/row-predicate.ts'
import type { ColumnCondition } from '../predicates/column-conditions.ts'
import { adjustGroup, type AdjustedGroup } from './adjust-group.ts'
import type { GroupsPlan } from './groups-plan.ts'

/** Groups that are worth asking for one by one. */
const MOST_GROUPS = 4

/** What changed of one group. */
interface ChangedGroup {
  readonly values: readonly SqlValue[]
  readonly rows: ChangedRow[]
}

/** The result of a statement that counts or adds up rows, kept so that changed rows are added and taken away. */
export class GroupsResult extends FollowedResult {
  readonly #plan: GroupsPlan
  readonly #parameters: SqlParameters
  /** Whether the rows that are told of are just those that fulfil all conditions. */
  readonly #isToldExactly: boolean

  /** Undefined where it cannot be kept so: with these parameters, of this size, or with sums of other than integers. */
  static *read(
    plan: GroupsPlan,
    { parameters }: WireStatement,
    conditions: readonly ColumnCondition[],
    keys: readonly number[] | undefined,
    connection: Connection,
  ): Task<GroupsResult | undefined> {
    const window = keptWindow(plan.limit, parameters)
    if (window === undefined || !canExtend(parameters, plan)) return undefined
    const all = yield* readBlock(plan.whole, extend(plan, parameters, []), connection)
    if (!addsIntegers(plan, all)) return undefined
    // All groups are kept, whatever the limit is, since any of them may come to stand before the others.
    const rows = KeptRows.of(plan, { ...window, kept: Infinity, most: Infinity }, keys, all)
    const predicate = rowPredicate(conditions, parameters) ?? []
    return rows && new GroupsResult(plan, parameters, rows, predicate.length === plan.conditionCount)
  }

  private constructor(plan: GroupsPlan, parameters: SqlParameters, rows: KeptRows, isToldExactly: boolean) {
    super(rows)
    this.#plan = plan
    this.#parameters = parameters
    this.#isToldExactly = isToldExactly
  }

  override *follow(changed: ChangedRows, connection: Connection): Task<FollowedChanges | undefined> {
    const { keyColumns } = this.#plan
    const changes = changed.get(this.#plan.table)
    if (changes === undefined) return undefined
    const groups = this.#groupsOf(changes.rows)
    const adjusted = new Map([...groups].map(([key, group]) => [key, this.#adjust(key, group, changes)]))
    const asked = [...adjusted].flatMap(([key, row]) => (row === 'unknown' ? [key] : []))
    if (asked.length > MOST_GROUPS) return undefined
    const blocks: ColumnBlock[] = []
    for (const key of asked) {
      const block = yield* this.#read(groups.get(key)?.values ?? [], connection)
      if (!addsIntegers(this.#plan, block)) return undefined
      blocks.push(block)
    }
    const rows = [...adjusted.values()].filter((row) => typeof row !== 'string')
    const followed = this.rows.follow({
      keys: new Map([[{ keyColumns }, new Set(groups.keys())]]),
      rows: joinBlocks(blocks, rows),
    })
    if (followed === 'unknown') return undefined
    return { patch: followed.patch, rowsRead: blocks.reduce((sum, { rowCount }) => sum + rowCount, 0) }
  }

  #groupsOf(rows: readonly ChangedRow[]): ReadonlyMap<ExactKey, ChangedGroup> {
    const groups = new Map<ExactKey, ChangedGroup>()
    for (const row of rows) {
      const { groupCount } = this.#plan
      const values = groupCount === 0 ? [0] : row.values.slice(0, groupCount)
      const key = exactKeyOf(values)
      const group = groups.get(key)
      if (group === undefined) groups.set(key, { values, rows: [row] })
      else group.rows.push(row)
    }
    return groups
  }

  #adjust(key: ExactKey, { values, rows }: ChangedGroup, { isExact }: TableChanges): AdjustedGroup {
    // What is no character is read as one, so that two texts may look alike.
    const isUnsure = values.some((value) => typeof value === 'string' && value.includes('\uFFFD'))
    if (!isExact || !this.#isToldExactly || isUnsure) return 'unknown'
    return adjustGroup(this.#plan, this.rows.find(this.#plan.keyColumns, key), values, rows)
  }

  #read(group: readonly SqlValue[], connection: Connection): Task<ColumnBlock> {
    const { groupCount, ofGroup } = this.#plan
    return readBlock(ofGroup, extend(this.#plan, this.#parameters, group.slice(0, groupCount)), connection)
  }
}

/** Without a limit, where the statement has one. */
function extend(
  { parameterCount, limit }: GroupsPlan,
  parameters: SqlParameters,
  values: readonly SqlValue[],
): SqlParameters {
  return extendParameters(parameters, parameterCount, limit === undefined ? values : [...values, -1])
}

/** Sums of other numbers depend on the order in which they are added up. */
function addsIntegers({ aggregates }: GroupsPlan, { values }: ColumnBlock): boolean {
  return aggregates.every(
    (aggregate) =>
      !('facts' in aggregate) ||
      (values[aggregate.facts.type] ?? []).every((type) => type === 'integer' || type === 'null'),
  )
}
