import type { EngineContext } from '../engine-context.ts'
import type { Task } from '../task.ts'
import { type Cancellable, SlicedJob, type SlicedTask } from './sliced-task.ts'

/** Sliced work that is under way, by the request that asked for it. */
export class Jobs {
  readonly #context: EngineContext
  readonly #running = new Map<number, Cancellable>()

  constructor(context: EngineContext) {
    this.#context = context
  }

  get areRunning(): boolean {
    return this.#running.size > 0
  }

  /**
   * Runs work, which can be ended while what it needs is still being made ready.
   *
   * @throws DataSyncError why nothing is begun any more, if that is so
   */
  async run<T>(request: number, work: SlicedTask<T> | Promise<SlicedTask<T>>): Promise<T> {
    const { now, later } = this.#context
    const waiting = new WaitingJob()
    this.#running.set(request, waiting)
    try {
      const ready = work instanceof Promise ? await work : work
      const reason = waiting.reason ?? this.#context.leaving
      if (reason !== undefined) throw reason
      const job = new SlicedJob(ready, now, later)
      this.#running.set(request, job)
      return await job.done
    } finally {
      this.#running.delete(request)
    }
  }

  /** Ends the work of a request; false if there is none. */
  *cancel(request: number, reason: unknown): Task<boolean> {
    const job = this.#running.get(request)
    if (job === undefined) return false
    yield* job.cancel(reason)
    return true
  }

  /** Of those requests that are meant. */
  *cancelAll(reason: unknown, isMeant: (request: number) => boolean = () => true): Task<void> {
    for (const [request, job] of this.#running) if (isMeant(request)) yield* job.cancel(reason)
  }
}

/** Work that has not begun. */
class WaitingJob implements Cancellable {
  /** Why it shall not begin. */
  reason: unknown;

  // oxlint-disable-next-line require-yield -- There is nothing to clean up.
  *cancel(reason: unknown): Task<void> {
    this.reason ??= reason
  }
}
