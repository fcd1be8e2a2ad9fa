import type { Task } from './task.ts'
import type { Writes } from './writes.ts'

/** What is under way outside of turns, and will end in one of its own. */
export class Errands {
  #count = 0

  get areDone(): boolean {
    return this.#count === 0
  }

  /** Returns what is to be called when it is done. */
  begin(): () => void {
    this.#count++
    return () => {
      this.#count--
    }
  }

  /** Has the writer wait for work, which begins in a turn and ends when its promise settles. */
  *whenFree(writes: Writes, id: number, work: () => Task<Promise<void>>): Task<void> {
    const end = this.begin()
    const run = function* (): Task<Promise<null>> {
      let pending: Promise<void> | undefined
      try {
        pending = yield* work()
      } finally {
        if (pending === undefined) end()
      }
      return pending.then(() => null).finally(end)
    }
    yield* writes.enqueueAsync<'close'>(id, run, end)
  }
}

/** Work that asks SQLite nothing in the turn in which it begins. */
export function outsideOfTurns(work: () => Promise<void>): () => Task<Promise<void>> {
  // oxlint-disable-next-line require-yield -- It takes turns of its own.
  return function* () {
    return work()
  }
}
