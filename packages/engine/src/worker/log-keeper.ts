import type { EngineContext } from './engine-context.ts'
import type { OpenDatabase } from './open-database.ts'
import type { Task } from './task.ts'

/** Bytes of log above which a checkpoint waits only for the turn to end. */
const URGENT_LOG = 32 * 1024 * 1024
/** Milliseconds without a commit, or since the sync of the last, after which the log is taken over. */
const QUIET = 200

/**
 * Keeps the log short: never inside a commit's latency. What fails here loses nothing, since the log
 * still has it, and is tried again after the next commit.
 */
export class LogKeeper {
  readonly #context: EngineContext
  readonly #database: () => OpenDatabase | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #isUrgent = false

  /** `database` answers undefined once it is closed. */
  constructor(context: EngineContext, database: () => OpenDatabase | undefined) {
    this.#context = context
    this.#database = database
    context.sync.whenClean = () => {
      if (database() !== undefined) this.#startTimer()
    }
  }

  noteCommit(database: OpenDatabase): void {
    // Under `relaxed` a checkpoint would sync what may wait for longer.
    if (this.#context.sync.durability === 'strict') this.#startTimer()
    if (this.#isUrgent || this.#context.sync.isFailing || database.logs.size < URGENT_LOG) return
    this.#isUrgent = true
    this.#context.later(() => this.#checkpoint())
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #startTimer(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#context.turn(() => this.#checkpointIfQuiet()), QUIET)
  }

  *#checkpointIfQuiet(): Task<void> {
    const { sync } = this.#context
    // What was committed meanwhile under `relaxed` comes here again with its sync.
    if (sync.durability === 'strict' || this.#database()?.logs.needSync !== true) yield* this.#checkpoint()
  }

  *#checkpoint(): Task<void> {
    this.#isUrgent = false
    // Whoever holds the writer commits when it is done, and so comes here again.
    if (this.#context.lane.isHeld) return
    try {
      yield* this.#context.sync.run('checkpoint')
      const database = this.#database()
      if (database !== undefined) yield* database.checkpoint()
    } catch (error) {
      console.warn('DataSync could not tend its log; it will try again.', error)
    }
  }
}
