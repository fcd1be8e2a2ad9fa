import type { SyncSettings } from '../../link/sync-protocol.ts'
import type { Amount } from '../storage/block-store.ts'

/** Which of its bounds the amount has reached that waits to be made durable. */
export function reachedLimit(
  { blocks, bytes }: Amount,
  { maxDirtyBlocks, maxDirtyBytes }: SyncSettings,
): 'dirty-blocks' | 'dirty-bytes' | undefined {
  if (maxDirtyBlocks !== undefined && blocks >= maxDirtyBlocks) return 'dirty-blocks'
  return bytes >= maxDirtyBytes ? 'dirty-bytes' : undefined
}
