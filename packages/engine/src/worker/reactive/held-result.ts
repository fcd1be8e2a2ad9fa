import type { ColumnBlock } from '../../link/protocol.ts'
import { blockSize } from './incremental/block-size.ts'
import type { FollowedResult } from './incremental/followed-result.ts'

/** What the last run of a live query brought, to tell what the next one brings anew. */
export type HeldResult = FollowedResult | PlainResult

/** A result as it was read. */
export class PlainResult {
  readonly kind = 'plain'
  readonly visible: ColumnBlock

  constructor(visible: ColumnBlock) {
    this.visible = visible
  }

  get rowCount(): number {
    return this.visible.rowCount
  }

  /** All of them are shown. */
  get rowsHeld(): number {
    return this.visible.rowCount
  }

  /** About how much memory it takes, in bytes. */
  get bytes(): number {
    return blockSize(this.visible.values)
  }
}
