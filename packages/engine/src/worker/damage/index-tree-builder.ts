import { INDEX_INTERIOR, INDEX_LEAF, roomIn, writeBtreePage } from './btree-page.ts'
import type { ScratchPages } from './scratch-pages.ts'

/** Bytes that SQLite gives a cell at least, for when it becomes free. */
const LEAST_CELL = 4

/** A record, and in the interior the page with those before it. */
interface Item {
  readonly child: number
  readonly cell: Uint8Array
}

/** A page that is full, and the record that comes after it. */
interface Filled {
  readonly items: Item[]
  readonly rightChild: number
  readonly next: Uint8Array
}

/**
 * Builds a b-tree of an index, or of a table without rowids, from its records in order. Each page but the
 * last is as full as can be; between two pages stands a record in the page above.
 */
export class IndexTreeBuilder {
  readonly #scratch: ScratchPages
  readonly #usableSize: number
  readonly #level: Level

  constructor(scratch: ScratchPages, usableSize: number) {
    this.#scratch = scratch
    this.#usableSize = usableSize
    this.#level = new Level(scratch, usableSize, INDEX_LEAF)
  }

  add(cell: Uint8Array): void {
    this.#level.add({ child: 0, cell })
  }

  /** Ends the tree in this root. */
  finish(root: number): void {
    let level = this.#level
    let rightChild = 0
    while (!level.isOnePage) {
      rightChild = level.close(rightChild)
      const above = new Level(this.#scratch, this.#usableSize, INDEX_INTERIOR)
      for (const item of level.above) above.add(item)
      level = above
    }
    level.closeInto(root, rightChild)
  }
}

class Level {
  /** What stands between the pages of this level. */
  readonly above: Item[] = []
  readonly #scratch: ScratchPages
  readonly #usableSize: number
  readonly #kind: number
  /** Kept until there is something after it. */
  #filled: Filled | undefined
  #items: Item[] = []
  #room: number

  constructor(scratch: ScratchPages, usableSize: number, kind: number) {
    this.#scratch = scratch
    this.#usableSize = usableSize
    this.#kind = kind
    this.#room = this.#wholeRoom
  }

  add(item: Item): void {
    const size = this.#sizeOf(item)
    if (size <= this.#room) {
      this.#items.push(item)
      this.#room -= size
      return
    }
    this.#flushFilled()
    this.#filled = { items: this.#items, rightChild: item.child, next: item.cell }
    this.#items = []
    this.#room = this.#wholeRoom
  }

  get isOnePage(): boolean {
    return this.#filled === undefined && this.above.length === 0
  }

  /** Writes what is left; returns the last page. */
  close(rightChild: number): number {
    this.#leaveNoneEmpty()
    this.#flushFilled()
    const page = this.#scratch.append()
    this.#write(page, this.#items, rightChild)
    return page
  }

  closeInto(root: number, rightChild: number): void {
    this.#write(root, this.#items, rightChild)
  }

  /** A page without records is none: the last one then gets the record before it, and that one's place another. */
  #leaveNoneEmpty(): void {
    const filled = this.#filled
    if (this.#items.length > 0 || filled === undefined) return
    const last = filled.items.pop()
    if (last === undefined) return
    this.#items = [{ child: filled.rightChild, cell: filled.next }]
    this.#filled = { items: filled.items, rightChild: last.child, next: last.cell }
  }

  #flushFilled(): void {
    const filled = this.#filled
    if (filled === undefined) return
    const page = this.#scratch.append()
    this.#write(page, filled.items, filled.rightChild)
    this.above.push({ child: page, cell: filled.next })
    this.#filled = undefined
  }

  #write(page: number, items: readonly Item[], rightChild: number): void {
    const isLeaf = this.#kind === INDEX_LEAF
    const bytes = new Uint8Array(this.#scratch.pageSize)
    const cells = items.map(({ child, cell }) => {
      if (isLeaf && cell.length >= LEAST_CELL) return cell
      if (isLeaf) return Uint8Array.from({ length: LEAST_CELL }, (_, index) => cell[index] ?? 0)
      const whole = new Uint8Array(4 + cell.length)
      new DataView(whole.buffer).setUint32(0, child)
      whole.set(cell, 4)
      return whole
    })
    writeBtreePage(bytes, page, this.#usableSize, { kind: this.#kind, cells, rightChild })
    this.#scratch.write(page, bytes)
  }

  #sizeOf({ cell }: Item): number {
    return (this.#kind === INDEX_LEAF ? Math.max(cell.length, LEAST_CELL) : 4 + cell.length) + 2
  }

  get #wholeRoom(): number {
    return roomIn(2, this.#kind, this.#usableSize)
  }
}
