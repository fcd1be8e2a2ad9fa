import type { WireStatement } from '../../link/protocol.ts'
import type { Connection } from '../sqlite/connection.ts'
import type { Task } from '../task.ts'
import { GroupsResult } from './groups/groups-result.ts'
import type { FollowedResult } from './incremental/followed-result.ts'
import { IncrementalResult } from './incremental/incremental-result.ts'
import type { QueryShape } from './query-shapes.ts'

/** Reads the result of a live query as one that changed rows bring up to date; undefined where it cannot be. */
export function* readFollowed(
  { plan, keys, conditions }: QueryShape,
  wire: WireStatement,
  connection: Connection,
): Task<FollowedResult | undefined> {
  if (typeof plan === 'string') return undefined
  if (plan.kind === 'rows') return yield* IncrementalResult.read(plan, wire, keys, connection)
  const known = conditions.get(plan.table)
  return yield* GroupsResult.read(plan, wire, typeof known === 'object' ? known : [], keys, connection)
}
