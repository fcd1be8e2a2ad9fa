import type { Patch } from '../../../link/live-protocol.ts'
import type { ColumnBlock } from '../../../link/protocol.ts'
import type { Connection } from '../../sqlite/connection.ts'
import type { Task } from '../../task.ts'
import type { ChangedRows } from './changed-rows.ts'
import type { KeptRows } from './kept-rows.ts'

/** What following changes came to. */
export interface FollowedChanges {
  readonly patch: Patch | undefined
  /** Rows that SQLite gave for it. */
  readonly rowsRead: number
}

/** The result of a live query, kept so that changed rows suffice to bring it up to date. */
export abstract class FollowedResult {
  readonly kind = 'followed'
  protected readonly rows: KeptRows

  constructor(rows: KeptRows) {
    this.rows = rows
  }

  get visible(): ColumnBlock {
    return this.rows.visible
  }

  get rowCount(): number {
    return this.rows.visibleCount
  }

  /** With those that are kept to go on from. */
  get rowsHeld(): number {
    return this.rows.count
  }

  /** About how much memory it takes, in bytes. */
  get bytes(): number {
    return this.rows.bytes
  }

  /** Undefined, with nothing changed, where it is better read anew. */
  abstract follow(changed: ChangedRows, connection: Connection): Task<FollowedChanges | undefined>
}
