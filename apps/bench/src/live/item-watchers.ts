import { Callbacks } from './callbacks.ts'
import type { LiveDatabase, ShownItem, StopWatching } from './contender.ts'
import { within } from './within.ts'

/** Longer than anyone takes who is of use with so many live queries. */
const OPENING_MS = 60_000
const SHOWING_MS = 60_000
/** Rows that are read again: reading thousands would take some longer than all that is measured. */
const VERIFIED = 100

/** Live queries of one row each, and what they show. */
export class ItemWatchers {
  readonly callbacks = new Callbacks()
  readonly #versions = new Map<number, number>()
  /** What is still to be shown before `#settle` is called. */
  readonly #expected = new Map<number, number>()
  #settle: (at: number) => void = () => undefined
  #stops: readonly StopWatching[] = []

  /** All are opened at once, as those of a page are. */
  static async open(database: LiveDatabase, count: number): Promise<ItemWatchers> {
    const ids = Array.from({ length: count }, (_, index) => index + 1)
    const watchers = new ItemWatchers()
    const opening = Promise.all(ids.map((id) => database.watchItem(id, (rows) => watchers.#show(id, rows))))
    watchers.#stops = await within(
      OPENING_MS,
      opening,
      () => `of ${count} live queries, ${watchers.#versions.size} were open after ${OPENING_MS / 1000} s`,
    )
    if (watchers.#versions.size !== count) throw new Error('verification failed: not all rows are shown')
    return watchers
  }

  /** Settles when all of these are shown in these versions, with the moment of the last callback. */
  untilShown(versions: ReadonlyMap<number, number>): Promise<number> {
    this.#expected.clear()
    for (const [id, version] of versions) this.#expected.set(id, version)
    const shown = new Promise<number>((resolve) => {
      this.#settle = resolve
    })
    return within(
      SHOWING_MS,
      shown,
      () => `of ${versions.size} rows, ${this.#expected.size} were not shown within ${SHOWING_MS / 1000} s`,
    )
  }

  /** Fails unless what is shown of written rows is what the database has. */
  async verify(database: LiveDatabase): Promise<void> {
    const written = [...this.#versions].filter(([, version]) => version > 0)
    for (const [id, shown] of written.slice(-VERIFIED)) {
      const kept = await database.versionOf(id)
      if (shown !== kept) throw new Error(`verification failed: row ${id} is ${kept}, shown as ${shown}`)
    }
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops) await stop()
  }

  #show(id: number, [row]: readonly ShownItem[]): void {
    if (row?.id !== id) throw new Error(`verification failed: row ${row?.id} is shown for row ${id}`)
    this.callbacks.note()
    this.#versions.set(id, row.version)
    if (this.#expected.get(id) !== row.version) return
    this.#expected.delete(id)
    if (this.#expected.size === 0) this.#settle(this.callbacks.last)
  }
}
