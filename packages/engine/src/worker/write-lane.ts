import type { DataSyncError } from '../errors.ts'
import type { Task } from './task.ts'

/** Work that needs the writer. It handles its own errors and never rejects. */
export interface WriteJob {
  /** The request that it serves. */
  readonly request: number
  /**
   * Gives a promise if it has to wait outside of its turn, as for files that are opened: of what is then to
   * be done in the turn that goes on.
   */
  readonly run: () => Task<void | Promise<() => void>>
  /** Answers the request in place of `run`. */
  readonly cancel: (error: DataSyncError) => void
}

const ALL = (): boolean => true

/** The queue to the one writer: in order of arrival, one at a time. */
export class WriteLane {
  #queue: WriteJob[] = []
  #isHeld = false
  /** Whose turn it may be. */
  #admits: (request: number) => boolean = ALL
  readonly #resume: (work: () => Task<void>) => void

  /** `resume` is called to go on once a job that had to wait is done. */
  constructor(resume: (work: () => Task<void>) => void) {
    this.#resume = resume
  }

  /** Whether someone keeps the writer beyond a single job: a transaction, or a job that waits. */
  get isHeld(): boolean {
    return this.#isHeld
  }

  get isIdle(): boolean {
    return !this.#isHeld && this.#queue.length === 0
  }

  enqueue(job: WriteJob): Task<void> {
    this.#queue.push(job)
    return this.pump()
  }

  /** Runs what is queued, until someone holds the writer. */
  *pump(): Task<void> {
    while (!this.#isHeld) {
      const next = this.#queue.findIndex(({ request }) => this.#admits(request))
      const [job] = next < 0 ? [] : this.#queue.splice(next, 1)
      if (job === undefined) return
      const pending = yield* job.run()
      if (pending === undefined) continue
      this.#isHeld = true
      void pending.then((finish) => this.#resume(() => this.#finish(finish)))
    }
  }

  *#finish(finish: () => void): Task<void> {
    finish()
    yield* this.release()
  }

  hold(): void {
    this.#isHeld = true
  }

  release(): Task<void> {
    this.#isHeld = false
    return this.pump()
  }

  /** Takes a job that has not begun out of the queue. */
  cancel(request: number, error: DataSyncError): boolean {
    const job = this.#queue.find((queued) => queued.request === request)
    if (job === undefined) return false
    this.#queue = this.#queue.filter((queued) => queued !== job)
    job.cancel(error)
    return true
  }

  /** The same with the jobs of all requests that are meant. */
  cancelAll(error: DataSyncError, isMeant: (request: number) => boolean = ALL): void {
    const meant = this.#queue.filter(({ request }) => isMeant(request))
    this.#queue = this.#queue.filter(({ request }) => !isMeant(request))
    for (const job of meant) job.cancel(error)
  }

  /** Others wait from now on, until all are admitted again. */
  admitOnly(admits: ((request: number) => boolean) | undefined): Task<void> {
    this.#admits = admits ?? ALL
    return this.pump()
  }
}
