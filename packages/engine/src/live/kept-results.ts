import type { SqlRow } from '../values.ts'
import { removeItem } from '../page-storage.ts'
import { readKeptItem } from './kept-item.ts'
import type { KeptWriter } from './kept-writer.ts'
import { fromPlainRows } from './plain-rows.ts'

/**
 * The last results of those queries of a database that ask for it (`persist`), in the storage of the page:
 * what is in there can be read while a component is drawn for the first time, before there is an engine.
 */
export class KeptResults {
  readonly #item: string
  readonly #migrations: number
  #writer: Promise<KeptWriter | undefined> | undefined
  #isForgotten = false

  constructor(database: string, migrations: number) {
    this.#item = `datasync-rows:${database}`
    this.#migrations = migrations
  }

  /** The rows that were kept last. What is of no use is removed. */
  recall(key: string): readonly SqlRow[] | undefined {
    const results = readKeptItem(this.#item, this.#migrations)
    try {
      if (results !== undefined) return results[key] && fromPlainRows(results[key])
    } catch {
      // Somebody else wrote it.
    }
    removeItem(this.#item)
    return undefined
  }

  /** Keeps rows in place of those before. Soon, since a result may change often. */
  keep(key: string, rows: readonly SqlRow[]): void {
    if (this.#isForgotten) return
    this.#writer ??= import('./kept-writer.ts').then(
      ({ KeptWriter: Writer }) => new Writer(this.#item, this.#migrations),
      // An app that was deployed anew may lack the file. Nothing but a first paint depends on it.
      () => undefined,
    )
    void this.#writer.then((writer) => writer?.keep(key, rows))
  }

  /** The database is deleted. */
  forget(): void {
    this.#isForgotten = true
    void this.#writer?.then((writer) => writer?.end())
    removeItem(this.#item)
  }
}
