import type { Durability } from '../link/protocol.ts'
import type { EngineContext } from './engine-context.ts'

/** Bytes of log above which a checkpoint waits only for the turn to end. */
const URGENT_LOG = 32 * 1024 * 1024
/** Milliseconds without a commit after which the log is taken over into the database. */
const QUIET = 200
/** Milliseconds after which a commit under `relaxed` is flushed. */
const RELAXED_FLUSH = 1000

/** Keeps the log short and, under relaxed durability, flushed: never inside a commit's latency. */
export class LogKeeper {
  readonly #context: EngineContext
  #quietTimer: ReturnType<typeof setTimeout> | undefined
  #flushTimer: ReturnType<typeof setTimeout> | undefined
  #isUrgent = false

  constructor(context: EngineContext) {
    this.#context = context
  }

  noteCommit(durability: Durability | undefined): void {
    clearTimeout(this.#quietTimer)
    this.#quietTimer = setTimeout(() => this.#context.turn(() => this.#checkpoint()), QUIET)
    if (durability === 'relaxed') this.#flushTimer ??= setTimeout(() => this.#flush(), RELAXED_FLUSH)
    if (this.#isUrgent || this.#context.database.logSize < URGENT_LOG) return
    this.#isUrgent = true
    this.#context.later(() => this.#checkpoint())
  }

  stop(): void {
    clearTimeout(this.#quietTimer)
    clearTimeout(this.#flushTimer)
    this.#flushTimer = undefined
  }

  #checkpoint(): void {
    this.#isUrgent = false
    // Whoever holds the writer commits when it is done, and so comes here again.
    if (!this.#context.lane.isHeld) this.#context.database.checkpoint()
  }

  #flush(): void {
    this.#flushTimer = undefined
    this.#context.turn(() => this.#context.database.flushLog())
  }
}
