import type { Database, Readable } from '@datasync/engine'
import { Cell } from '../common/cell.ts'
import { importProgress, insertAreas, insertPlaces, setImportStopped } from './import-statements.ts'
import type { ImportRow } from './import-statements.ts'
import { readAreas, readPlaceFiles } from './place-files.ts'

/** What the import is doing now. How far it is stands in the database. */
export type ImportActivity =
  { readonly kind: 'idle' | 'running' | 'stopping' } | { readonly kind: 'failed'; readonly error: Error }

/** Held by the tab that imports. The others wait for it, to go on where that one is closed. */
const LOCK = 'gazetteer import'

/** Why an import ends that was stopped in another tab. */
const STOPPED_ELSEWHERE = Symbol('stopped elsewhere')

/** Fills the database with places, in one tab at a time. Stop it, or reload the page, and it goes on where it was. */
export class PlaceImporter {
  readonly #database: Database
  readonly #activity = new Cell<ImportActivity>({ kind: 'idle' })
  #controller: AbortController | undefined

  constructor(database: Database) {
    this.#database = database
  }

  get activity(): Readable<ImportActivity> {
    return this.#activity
  }

  /** Goes on with the import unless it was stopped, and from then on does what is decided in any tab. */
  follow(): void {
    const progress = this.#database.observe(importProgress())
    let row: ImportRow = { done: 0, stopped: 1 }
    progress.subscribe(() => {
      const before = row
      row = progress.getSnapshot().data?.[0] ?? before
      if (row.stopped === 1 && before.stopped === 0) this.#controller?.abort(STOPPED_ELSEWHERE)
      const isBegun = row.stopped === 0 && before.stopped === 1
      // What has failed here goes on in another tab.
      const isTakenUp = this.#activity.getSnapshot().kind === 'failed' && row.done > before.done
      if (isBegun || isTakenUp) void this.#run(false)
    })
  }

  /** Goes on with the import, also after the user has stopped it. */
  readonly start = (): Promise<void> => this.#run(true)

  /** Ends the import after the transaction that is under way, which is kept whole or not at all. */
  readonly stop = (): void => {
    if (this.#activity.getSnapshot().kind !== 'running') return
    this.#activity.set({ kind: 'stopping' })
    this.#controller?.abort()
  }

  async #run(always: boolean): Promise<void> {
    if (this.#controller !== undefined) return
    const controller = new AbortController()
    const { signal } = controller
    this.#controller = controller
    this.#activity.set({ kind: 'running' })
    try {
      // Before it waits for another tab, which goes on with it then.
      if (always) await this.#database.run(setImportStopped(false), undefined, { signal })
      await navigator.locks
        .request(LOCK, { signal }, () => this.#importPlaces(signal))
        .catch(async (error: unknown) => {
          if (!signal.aborted) throw error
          if (signal.reason !== STOPPED_ELSEWHERE) await this.#database.run(setImportStopped(true))
        })
      this.#activity.set({ kind: 'idle' })
    } catch (error) {
      this.#activity.set({ kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) })
    } finally {
      this.#controller = undefined
    }
  }

  async #importPlaces(signal: AbortSignal): Promise<void> {
    const progress = await this.#database.get(importProgress())
    if (progress === undefined || progress.stopped === 1) return
    if (progress.done === 0) {
      const { countries, regions } = await readAreas(signal)
      await this.#database.batch(insertAreas(countries, regions), { signal })
    }
    for await (const { places, lastId } of readPlaceFiles(progress.done, signal)) {
      await this.#database.batch(insertPlaces(places, lastId), { signal })
      signal.throwIfAborted()
    }
  }
}
