import type { Database } from '@datasync/engine'

export interface Item {
  readonly id: number
  readonly name: string
}

export const ITEMS = 'select id, name from item order by id'

/** Told each time that a framework has brought the list up to date. */
export type Rendered = () => void

/** A list that shows the rows that it was given last. */
export interface PlainList {
  show(items: readonly Item[]): void
  unmount(): void
}

/** One framework with one list: once with live rows, once bound by hand to an array. */
export interface ListFramework {
  readonly name: string
  /** Returns the function that unmounts it. */
  mountLive(element: HTMLElement, database: Database, rendered: Rendered): () => void
  mountPlain(element: HTMLElement, items: readonly Item[]): PlainList
}
