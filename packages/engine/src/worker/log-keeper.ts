import type { Durability } from '../link/protocol.ts'
import type { EngineContext } from './engine-context.ts'
import type { OpenDatabase } from './open-database.ts'
import type { Task } from './task.ts'

/** Bytes of log above which a checkpoint waits only for the turn to end. */
const URGENT_LOG = 32 * 1024 * 1024
/** Milliseconds without a commit after which the log is taken over into the database. */
const QUIET = 200
/** Milliseconds after which a commit under `relaxed` is flushed. */
const RELAXED_FLUSH = 1000

/**
 * Keeps the log short and, under relaxed durability, flushed: never inside a commit's latency. What
 * fails here loses nothing, since the log still has it, and is tried again after the next commit.
 */
export class LogKeeper {
  readonly #context: EngineContext
  readonly #database: () => OpenDatabase | undefined
  #quietTimer: ReturnType<typeof setTimeout> | undefined
  #flushTimer: ReturnType<typeof setTimeout> | undefined
  #isUrgent = false
  /** Whether what was acknowledged could not be stored. */
  #isBehind = false

  /** `database` answers undefined once it is closed. */
  constructor(context: EngineContext, database: () => OpenDatabase | undefined) {
    this.#context = context
    this.#database = database
  }

  noteCommit(database: OpenDatabase, durability: Durability): void {
    clearTimeout(this.#quietTimer)
    this.#quietTimer = setTimeout(() => this.#context.turn(() => this.#checkpoint()), QUIET)
    if (durability === 'relaxed') {
      this.#flushTimer ??= setTimeout(() => this.#context.turn(() => this.#flush()), RELAXED_FLUSH)
    }
    if (this.#isUrgent || database.logSize < URGENT_LOG) return
    this.#isUrgent = true
    this.#context.later(() => this.#checkpoint())
  }

  /**
   * How durable the commits of a turn are made before they are acknowledged: under `relaxed` too at once,
   * if those before could not be stored. Else nobody would be told, and ever more would be lost.
   */
  durabilityOf(database: OpenDatabase, durability: Durability): Durability {
    if (!this.#isBehind || database.writer.committed.isEmpty) return durability
    this.#isBehind = false
    return 'strict'
  }

  stop(): void {
    clearTimeout(this.#quietTimer)
    clearTimeout(this.#flushTimer)
    this.#flushTimer = undefined
  }

  *#checkpoint(): Task<void> {
    this.#isUrgent = false
    // Whoever holds the writer commits when it is done, and so comes here again.
    if (!this.#context.lane.isHeld) yield* this.#attempt(this.#database()?.checkpoint())
  }

  *#flush(): Task<void> {
    this.#flushTimer = undefined
    yield* this.#attempt(flushTask(this.#database()))
  }

  *#attempt(task: Task<void> | undefined): Task<void> {
    try {
      if (task !== undefined) yield* task
      this.#isBehind = false
    } catch (error) {
      this.#isBehind = true
      console.warn('DataSync could not tend its log; it will try again.', error)
    }
  }
}

function* flushTask(database: OpenDatabase | undefined): Task<void> {
  const flushing = database?.flushLog()
  if (flushing !== undefined) yield flushing
}
