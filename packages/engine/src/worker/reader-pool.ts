import type { Connection } from './sqlite/connection.ts'
import type { MaybeTask, Task } from './task.ts'
import { DataSyncError } from '../errors.ts'

/** Streams and read-only transactions may hold this many; the others stay free for single reads. */
const MOST_HELD = 8
const MOST_OPEN = 10

interface Waiting {
  readonly use: (connection: Connection) => MaybeTask
  readonly fail: (error: unknown) => void
}

/** Connections that only read, each seeing one snapshot for as long as it is leased. */
export class ReaderPool {
  readonly #open: () => Task<Connection>
  readonly #schemaVersion: () => number
  /** Which schema a connection has last looked at. */
  readonly #seen = new WeakMap<Connection, number>()
  #idle: Connection[] = []
  readonly #leased = new Set<Connection>()
  readonly #stale = new Set<Connection>()
  readonly #waiting: Waiting[] = []
  #held = 0
  #isServing = false
  #noteFresh: (() => void) | undefined

  constructor(open: () => Task<Connection>, schemaVersion: () => number) {
    this.#open = open
    this.#schemaVersion = schemaVersion
  }

  /** Calls `use` with a reader, at once if one is free, else when one is; `fail` if none can be opened. */
  lease(use: Waiting['use'], fail: Waiting['fail']): Task<void> {
    this.#waiting.push({ use, fail })
    return this.#serveWaiting()
  }

  /** A reader for an unknown time. */
  *hold(): Task<Connection> {
    if (this.#held >= MOST_HELD) {
      throw new DataSyncError('busy', `All ${MOST_HELD} readers that can be held are in use.`)
    }
    const connection = yield* this.#take()
    this.#held++
    return connection
  }

  /** The same, in a transaction that sees the database as it is now. */
  *holdSnapshot(): Task<Connection> {
    const connection = yield* this.hold()
    try {
      yield* connection.command('begin')
      // The snapshot is taken by the first read, which is now.
      yield* connection.command('select 1 from sqlite_schema limit 1')
      return connection
    } catch (error) {
      if (!connection.autocommit) yield* connection.command('rollback')
      const releasing = this.releaseHeld(connection)
      if (releasing !== undefined) yield* releasing
      throw error
    }
  }

  /** Whether a stream or a read-only transaction has a reader. */
  get isHeld(): boolean {
    return this.#held > 0
  }

  releaseHeld(connection: Connection): MaybeTask {
    this.#held--
    return this.release(connection)
  }

  release(connection: Connection): MaybeTask {
    if (!this.#leased.delete(connection)) return undefined
    if (this.#stale.delete(connection)) return this.#closeStale(connection)
    this.#idle.push(connection)
    return this.#goOn()
  }

  *#closeStale(connection: Connection): Task<void> {
    yield* connection.close()
    const next = this.#goOn()
    if (next !== undefined) yield* next
  }

  #goOn(): MaybeTask {
    if (this.#stale.size === 0) this.#noteFresh?.()
    return this.#waiting.length === 0 ? undefined : this.#serveWaiting()
  }

  /** Replaces all connections, those in use when they are given back: the schemas attached have changed. */
  *recycle(): Task<void> {
    const idle = this.#idle
    this.#idle = []
    for (const connection of idle) yield* connection.close()
    for (const connection of this.#leased) this.#stale.add(connection)
  }

  /** Settles once none of the connections that were replaced is open any more. */
  async whenRecycled(): Promise<void> {
    if (this.#stale.size > 0) await new Promise<void>((resolve) => (this.#noteFresh = resolve))
  }

  *close(): Task<void> {
    for (const connection of [...this.#idle, ...this.#leased]) yield* connection.close()
    this.#idle = []
    this.#leased.clear()
    this.#stale.clear()
    this.#noteFresh?.()
    this.#waiting.length = 0
    this.#held = 0
  }

  /** A reader that was served may give its connection back at once: it comes here again, one level deep only. */
  *#serveWaiting(): Task<void> {
    if (this.#isServing) return
    this.#isServing = true
    try {
      while (this.#idle.length > 0 || this.#leased.size < MOST_OPEN) {
        const next = this.#waiting.shift()
        if (next === undefined) return
        let connection: Connection
        try {
          connection = this.#takeIdle() ?? (yield* this.#take())
        } catch (error) {
          next.fail(error)
          continue
        }
        const using = next.use(connection)
        if (using !== undefined) yield* using
      }
    } finally {
      this.#isServing = false
    }
  }

  /** One that knows the schema as it is. */
  #takeIdle(): Connection | undefined {
    const connection = this.#idle.at(-1)
    if (connection === undefined || this.#seen.get(connection) !== this.#schemaVersion()) return undefined
    this.#idle.pop()
    this.#leased.add(connection)
    return connection
  }

  *#take(): Task<Connection> {
    const connection = this.#idle.pop() ?? (yield* this.#open())
    try {
      const version = this.#schemaVersion()
      if (this.#seen.get(connection) !== version) yield* connection.readSchema()
      this.#seen.set(connection, version)
    } catch (error) {
      yield* connection.close()
      throw error
    }
    this.#leased.add(connection)
    return connection
  }
}
