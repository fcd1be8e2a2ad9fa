import type { PageOwner } from '../../link/damage-report.ts'
import type { Task } from '../task.ts'
import type { DatabaseHeader } from './database-header.ts'
import { PageFault, type PageSource } from './page-source.ts'

/** What is damaged of a tree. Rows with keys in between are not reached. */
export interface TreeFault {
  readonly page: number
  readonly reason: string
  /** The smallest and the largest key that may be there, as far as a table's pages tell. */
  readonly from: bigint | undefined
  readonly to: bigint | undefined
}

/** One b-tree, as far as it can be walked. */
export interface Tree {
  /** Its place among the trees. */
  readonly id: number
  readonly owner: PageOwner
  readonly root: number
  /** Whether its pages are those of an index; undefined if its root cannot be read. */
  isIndex: boolean | undefined
  readonly faults: TreeFault[]
  /** Leaves that can be read, in order. */
  readonly leaves: number[]
  /** Cells by page whose record goes on in pages that cannot be read. */
  readonly brokenCells: Map<number, Set<number>>
  /** Records that can be read. */
  entries: number
}

const NOBODY = 0
/** Owners that have no tree come first. */
const FREE = 1
const POINTER_MAP = 2
const LOCK = 3
const FIRST_TREE = 4

/** What each page of a database is for, and which are damaged: filled by those who walk it. */
export class Survey {
  readonly source: PageSource
  readonly header: DatabaseHeader
  readonly trees: Tree[] = []
  /** Why pages are damaged, by page. */
  readonly faults: Map<number, string> = new Map()
  /** Those of them that have no content at all. */
  readonly unreadable: Set<number> = new Set()
  /** Whether the list of free pages can be followed to its end. */
  isFreeListWhole = true
  readonly #owners: Uint32Array
  readonly #seen: Uint8Array

  constructor(source: PageSource, header: DatabaseHeader) {
    this.source = source
    this.header = header
    this.#owners = new Uint32Array(source.pageCount + 1)
    this.#seen = new Uint8Array(source.pageCount + 1)
    this.#claimOwnPages()
  }

  get pageCount(): number {
    return this.source.pageCount
  }

  addTree(owner: PageOwner, root: number): Tree {
    const tree: Tree = {
      id: this.trees.length,
      owner,
      root,
      isIndex: undefined,
      faults: [],
      leaves: [],
      brokenCells: new Map(),
      entries: 0,
    }
    this.trees.push(tree)
    return tree
  }

  /** Takes a page for a tree, or for the list of free pages; false if it is not there or taken. */
  claim(page: number, owner: Tree | 'free'): boolean {
    if (!this.exists(page) || this.#owners[page] !== NOBODY) return false
    this.#owners[page] = owner === 'free' ? FREE : FIRST_TREE + owner.id
    return true
  }

  exists(page: number): boolean {
    return page >= 1 && page <= this.pageCount
  }

  /** Reads a page, and notes if it is damaged. */
  *read(page: number): Task<Uint8Array<ArrayBuffer> | PageFault> {
    this.#seen[page] = 1
    const content = yield* this.source.read(page)
    if (content instanceof PageFault) {
      this.noteFault(page, content.reason)
      this.unreadable.add(page)
    }
    return content
  }

  wasRead(page: number): boolean {
    return this.#seen[page] === 1
  }

  noteFault(page: number, reason: string): void {
    if (!this.faults.has(page)) this.faults.set(page, reason)
  }

  ownerOf(page: number): PageOwner | undefined {
    switch (this.#owners[page]) {
      case FREE:
        return { kind: 'free' }
      case POINTER_MAP:
        return { kind: 'pointer-map' }
      default:
        return this.treeOf(page)?.owner
    }
  }

  treeOf(page: number): Tree | undefined {
    return this.trees[(this.#owners[page] ?? NOBODY) - FIRST_TREE]
  }

  isUnclaimed(page: number): boolean {
    return this.#owners[page] === NOBODY
  }

  isFree(page: number): boolean {
    return this.#owners[page] === FREE
  }

  isPointerMap(page: number): boolean {
    return this.#owners[page] === POINTER_MAP
  }

  /** The page over whose bytes SQLite takes its locks, and which it leaves alone; and its pointer maps. */
  #claimOwnPages(): void {
    const { pageSize, usableSize, autoVacuum } = this.header
    const lock = lockPage(pageSize)
    if (this.exists(lock)) this.#owners[lock] = LOCK
    if (autoVacuum === 'none') return
    const step = Math.floor(usableSize / 5) + 1
    for (let page = 2; page <= this.pageCount; page += step) {
      const own = page === lock ? page + 1 : page
      if (this.exists(own)) this.#owners[own] = POINTER_MAP
    }
  }
}

/** The page at 1 GiB. */
function lockPage(pageSize: number): number {
  return 0x4000_0000 / pageSize + 1
}
