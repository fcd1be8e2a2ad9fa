import type { Amount } from './storage/block-store.ts'
import type { Vfs } from './storage/vfs.ts'

/** The write-ahead logs of a database and of all that is attached to it. */
export class DurableLogs {
  readonly #vfs: Vfs
  readonly #paths: () => readonly string[]

  constructor(vfs: Vfs, paths: () => readonly string[]) {
    this.#vfs = vfs
    this.#paths = paths
  }

  /** Makes what was committed durable; undefined if nothing has to be waited for. */
  flush(): Promise<unknown> | undefined {
    const flushes = this.#paths().map((path) => this.#vfs.syncLog(path))
    const pending = flushes.filter((flush) => typeof flush !== 'boolean')
    return pending.length === 0 ? undefined : allDone(pending)
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
}

/** Rejected only when none is under way any more. */
async function allDone(pending: readonly Promise<unknown>[]): Promise<void> {
  const outcomes = await Promise.allSettled(pending)
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
}
