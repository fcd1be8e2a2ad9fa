import type { Patch } from '../../../link/live-protocol.ts'
import type { ColumnBlock } from '../../../link/protocol.ts'
import type { Connection } from '../../sqlite/connection.ts'
import type { Task } from '../../task.ts'
import type { ChangedRows } from './changed-rows.ts'

/** What following changes came to. */
export interface FollowedChanges {
  readonly patch: Patch | undefined
  /** Rows that SQLite gave for it. */
  readonly rowsRead: number
}

/** The result of a live query, kept so that changed rows suffice to bring it up to date. */
export interface FollowedResult {
  readonly kind: 'followed'
  readonly visible: ColumnBlock
  readonly rowCount: number
  /** With those that are kept to go on from. */
  readonly rowsHeld: number
  /** About how much memory it takes, in bytes. */
  readonly bytes: number
  /** Undefined, with nothing changed, where it is better read anew. */
  follow(changed: ChangedRows, connection: Connection): Task<FollowedChanges | undefined>
}
