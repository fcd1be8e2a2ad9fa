import { removeItem, writeItem } from '../page-storage.ts'
import { startQuietTimer } from '../quiet-timer.ts'
import type { SqlRow } from '../values.ts'
import { KEPT_FORMAT, readKeptItem, type KeptItem } from './kept-item.ts'
import type { PlainRows } from './plain-rows.ts'
import { toPlainRows } from './to-plain-rows.ts'

/** Milliseconds for which changes are gathered. */
const DELAY = 200

/** How many characters one result may have. */
const MAX_RESULT = 50_000

/** How many all of them may have: the storage of a page holds some five million, for all that it does. */
const MAX_ITEM = 200_000

/** Writes results into the storage of the page. Loaded once there is something to be written. */
export class KeptWriter {
  readonly #item: string
  readonly #migrations: number
  readonly #waiting = new Map<string, readonly SqlRow[]>()
  #stopWaiting: (() => void) | undefined

  constructor(item: string, migrations: number) {
    this.#item = item
    this.#migrations = migrations
  }

  keep(key: string, rows: readonly SqlRow[]): void {
    this.#waiting.set(key, rows)
    this.#stopWaiting ??= waitForTurn(() => this.#write())
  }

  end(): void {
    this.#stopWaiting?.()
    this.#stopWaiting = undefined
    this.#waiting.clear()
  }

  #write(): void {
    // As another tab may have left it.
    const results = new Map(Object.entries(readKeptItem(this.#item, this.#migrations) ?? {}))
    for (const [key, rows] of this.#waiting) {
      // An older result would be further from what there is than none.
      results.delete(key)
      const plain = toPlainRows(rows)
      if (sizeOf(key, plain) <= MAX_RESULT) results.set(key, plain)
    }
    this.end()
    dropOldest(results)
    const item: KeptItem = {
      format: KEPT_FORMAT,
      migrations: this.#migrations,
      results: Object.fromEntries(results),
    }
    // Where the storage is full, old ones do not stay.
    removeItem(this.#item)
    writeItem(this.#item, item)
  }
}

function dropOldest(results: Map<string, PlainRows>): void {
  let size = 0
  for (const [key, rows] of [...results].toReversed()) {
    size += sizeOf(key, rows)
    if (size > MAX_ITEM) results.delete(key)
  }
}

function sizeOf(key: string, rows: PlainRows): number {
  return key.length + JSON.stringify(rows).length
}

/** Calls back after a while, or when the page may be about to go. */
function waitForTurn(callback: () => void): () => void {
  const stopTimer = startQuietTimer(callback, DELAY)
  const noteVisibility = (): void => {
    if (document.visibilityState === 'hidden') callback()
  }
  document.addEventListener('visibilitychange', noteVisibility)
  addEventListener('pagehide', callback)
  return () => {
    stopTimer()
    document.removeEventListener('visibilitychange', noteVisibility)
    removeEventListener('pagehide', callback)
  }
}
