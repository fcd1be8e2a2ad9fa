import type { Database, Readable } from '@datasync/engine'
import { Cell } from '../common/cell.ts'
import { importProgress, insertAreas, insertPlaces, setImportStopped } from './import-statements.ts'
import { readAreas, readPlaceFiles } from './place-files.ts'

/** What the import is doing now. How far it is stands in the database. */
export type ImportActivity =
  { readonly kind: 'idle' | 'running' | 'stopping' } | { readonly kind: 'failed'; readonly error: Error }

/** Fills the database with places. Stop it, or reload the page, and it goes on where it was. */
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

  /** Goes on with the import unless it is complete or the user has stopped it. */
  readonly resume = (): Promise<void> => this.#run(async (signal) => this.#importPlaces(signal, false))

  /** Goes on with the import, also after the user has stopped it. */
  readonly start = (): Promise<void> => this.#run(async (signal) => this.#importPlaces(signal, true))

  /** Ends the import after the transaction that is under way, which is kept whole or not at all. */
  readonly stop = (): void => {
    if (this.#activity.getSnapshot().kind !== 'running') return
    this.#activity.set({ kind: 'stopping' })
    this.#controller?.abort()
  }

  async #run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.#controller !== undefined) return
    const controller = new AbortController()
    this.#controller = controller
    this.#activity.set({ kind: 'running' })
    try {
      await work(controller.signal).catch(async (error: unknown) => {
        if (!controller.signal.aborted) throw error
        await this.#database.run(setImportStopped(true))
      })
      this.#activity.set({ kind: 'idle' })
    } catch (error) {
      this.#activity.set({ kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) })
    } finally {
      this.#controller = undefined
    }
  }

  async #importPlaces(signal: AbortSignal, always: boolean): Promise<void> {
    const progress = await this.#database.get(importProgress())
    if (progress === undefined || (progress.stopped === 1 && !always)) return
    if (progress.stopped === 1) await this.#database.run(setImportStopped(false))
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
