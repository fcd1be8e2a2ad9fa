import type { Amount } from './storage/block-store.ts'
import type { Vfs } from './storage/vfs.ts'
import { DataSyncError } from '../errors.ts'
import { toDataSyncError } from '../link/error-record.ts'
import { isUncertain } from './is-uncertain.ts'
import { UnverifiedError } from './storage/unverified-error.ts'
import { runTask, waitFor, type Task } from './task.ts'

interface FlushFailure {
  readonly path: string
  readonly error: DataSyncError
}

/** The write-ahead logs of a database and of all that is attached to it. */
export class DurableLogs {
  readonly #vfs: Vfs
  readonly #paths: () => readonly string[]
  /** The databases that could not be stored while others were: what was written together is stored in part. */
  #left: readonly string[] = []

  constructor(vfs: Vfs, paths: () => readonly string[]) {
    this.#vfs = vfs
    this.#paths = paths
  }

  /** Makes what was committed durable; undefined if nothing has to be waited for. */
  flush(): Promise<unknown> | undefined {
    const flushing = runTask(this.#flushAll())
    return flushing instanceof Promise ? flushing : undefined
  }

  /**
   * Whether some of what was committed is stored, and the rest cannot be: to give that up would leave the one
   * without the other, so that it stays pending until it is stored too.
   */
  get isPartlyStored(): boolean {
    return this.#left.length > 0
  }

  /** Why a flush failed, for those who wrote to any of the databases. */
  explain(error: unknown): unknown {
    if (!this.isPartlyStored) return error
    const names = this.#left.map((path) => `"${path}"`).join(' and ')
    return new DataSyncError(
      'io-error',
      `What was written to other databases is stored. What was written to ${names} is kept while they are open, and tried again, since it could not be: ${toDataSyncError(error).sentence}`,
      {},
      error,
    )
  }

  /** Whether there may be something to flush. */
  get needSync(): boolean {
    return this.#paths().some((path) => this.#vfs.needsSync(path))
  }

  /** What a flush would make durable. */
  get dirty(): Amount {
    const amounts = this.#paths().map((path) => this.#vfs.dirty(path))
    return amounts.reduce((a, b) => ({ blocks: a.blocks + b.blocks, bytes: a.bytes + b.bytes }))
  }

  /** Bytes that a checkpoint would take over. */
  get size(): number {
    return Math.max(...this.#paths().map((path) => this.#vfs.logSize(path)))
  }

  /** One after another: where the first fails, nothing is stored. Where one was stored, all that can be is. */
  *#flushAll(): Task<void> {
    const failures: FlushFailure[] = []
    let isAnyStored = this.isPartlyStored
    for (const path of this.#paths()) {
      try {
        if (yield* waitFor(this.#vfs.syncLog(path))) isAnyStored = true
      } catch (error) {
        failures.push({ path, error: toDataSyncError(error) })
        if (!isAnyStored) break
      }
    }
    // After that, the worker ends, and nothing of it is pending any more.
    const final = failures.find(({ error }) => isUncertain(error) || error instanceof UnverifiedError)
    this.#left = isAnyStored && final === undefined ? failures.map(({ path }) => path) : []
    const failure = final ?? failures[0]
    if (failure !== undefined) throw failure.error
  }
}
