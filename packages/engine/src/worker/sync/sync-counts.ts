import type { StorageMetrics, SyncCause } from '../../link/sync-protocol.ts'
import type { Amount, FileMetrics } from '../storage/block-store.ts'

/** The account of all syncs since the database was opened. */
export class SyncCounts {
  readonly #byCause = new Map<SyncCause, number>()
  #commits = 0
  #syncs = 0
  #failures = 0
  #lastMs: number | undefined
  #totalMs = 0
  #blocks = 0
  #bytes = 0

  noteCommit(): void {
    this.#commits++
  }

  noteSuccess(cause: SyncCause, { blocks, bytes }: Amount, durationMs: number): void {
    this.#byCause.set(cause, (this.#byCause.get(cause) ?? 0) + 1)
    this.#syncs++
    this.#lastMs = durationMs
    this.#totalMs += durationMs
    this.#blocks += blocks
    this.#bytes += bytes
  }

  noteFailure(): void {
    this.#syncs++
    this.#failures++
  }

  metrics(dirty: Amount, files: FileMetrics | undefined): Omit<StorageMetrics, 'host'> {
    const perSecond = (amount: number): number => (this.#totalMs > 0 ? (amount / this.#totalMs) * 1000 : 0)
    return {
      commits: this.#commits,
      syncs: this.#syncs,
      failedSyncs: this.#failures,
      errorRate: this.#syncs === 0 ? 0 : this.#failures / this.#syncs,
      syncsByCause: Object.fromEntries(this.#byCause),
      lastSyncMs: this.#lastMs,
      totalSyncMs: this.#totalMs,
      storedBlocks: this.#blocks,
      storedBytes: this.#bytes,
      blocksPerSecond: perSecond(this.#blocks),
      bytesPerSecond: perSecond(this.#bytes),
      dirtyBlocks: dirty.blocks,
      dirtyBytes: dirty.bytes,
      checksumFailures: files?.checksumFailures,
      cache: files?.cache,
    }
  }
}
