import { vi } from 'vitest'
import { toRows } from '../../src/link/column-block.ts'
import type { SqlParameters, SqlRow } from '../../src/values.ts'
import { OpenDatabase } from '../../src/worker/open-database.ts'
import { LiveQueries } from '../../src/worker/reactive/live-queries.ts'
import { LiveQuery } from '../../src/worker/reactive/live-query.ts'
import { startSqlite, type StartedSqlite } from '../../src/worker/start-sqlite.ts'
import { StopClock } from '../../src/worker/stop-clock.ts'
import { runTask } from '../../src/worker/task.ts'
import { TurnQueue } from '../../src/worker/turn-queue.ts'
import { OPEN_DEFAULTS } from './open-defaults.ts'
import { ProbeOwner } from './probe-owner.ts'
import { storeUnderTest } from './store-under-test.ts'

const now = (): number => performance.now()

/** Loaded once: all stages of a file are in the same store. */
let sqlite: StartedSqlite | undefined

/** A database whose live queries have several owners, with turns that end when the test says so. */
export class LiveStage {
  readonly queries = new LiveQueries(now)
  readonly database: OpenDatabase
  /** The key of each query that was run in the last turn, once for every run. */
  executions: readonly string[] = []

  static async open(schema: string): Promise<LiveStage> {
    const options = { ...OPEN_DEFAULTS, name: 'shared' }
    const { store } = await storeUnderTest.choose(options, () => undefined)
    sqlite ??= await startSqlite({ suspending: store.suspends === true })
    const { exclusively } = new TurnQueue()
    const source = { ...sqlite, store, clock: new StopClock(now), now, exclusively, options }
    const stage = new LiveStage(await OpenDatabase.open(source))
    await stage.exec(schema)
    return stage
  }

  private constructor(database: OpenDatabase) {
    this.database = database
  }

  owner(): ProbeOwner {
    return new ProbeOwner(this.queries)
  }

  async exec(script: string): Promise<void> {
    await runTask(this.database.writer.script(script))
  }

  /** A run of its own, on the connection that writes. */
  async query(sql: string, parameters: SqlParameters = []): Promise<readonly SqlRow[]> {
    const { block } = await runTask(this.database.writer.run({ sql, parameters }, 'all-rows'))
    return toRows(block)
  }

  /** Ends a turn, as the engine does; returns how many runs of live queries that took. */
  async settle(): Promise<number> {
    const { connection, catalog } = await runTask(this.database.live())
    const run = vi.spyOn(LiveQuery.prototype, 'run')
    try {
      this.#noteCommits()
      if (this.queries.isDue) await runTask(this.queries.refresh(connection, catalog))
    } catch (error) {
      this.queries.failDue(error)
    } finally {
      this.executions = run.mock.contexts.map((query) => (query as LiveQuery).key)
      run.mockRestore()
    }
    return this.executions.length
  }

  /** Ends a turn in which live queries find no snapshot to run in. */
  async settleWithoutSnapshot(): Promise<void> {
    const { connection } = await runTask(this.database.live())
    // SQLite refuses to begin a transaction inside of another one.
    await runTask(connection.command('begin'))
    await this.settle()
    await runTask(connection.command('rollback'))
  }

  async close(): Promise<void> {
    await runTask(this.database.close())
  }

  #noteCommits(): void {
    const { committed } = this.database.writer
    if (committed.isEmpty) return
    if (committed.everything) this.database.invalidateCatalogs()
    this.queries.noteChanges(committed)
    committed.clear()
  }
}
