import type { BadBlock, CheckAtOpen, StorageDamage, VerifyExtent } from '../../link/damage-report.ts'
import type { BlockStore } from '../storage/block-store.ts'

/** Blocks by chance that are looked at as a database is opened. */
const SAMPLE = 4
/** Milliseconds after the opening in which the first questions are answered. */
const GRACE = 250

/** What is known of the damage of the open database, and the look at it after its opening. */
export class DamageWatch {
  readonly #check: (extent: VerifyExtent) => void
  readonly #tell: () => void
  #damage: StorageDamage | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `tell` is called when `damage` has changed. */
  constructor(check: (extent: VerifyExtent) => void, tell: () => void) {
    this.#check = check
    this.#tell = tell
  }

  get damage(): StorageDamage | undefined {
    return this.#damage
  }

  /** A database was opened. */
  start(store: BlockStore, extent: CheckAtOpen): void {
    this.#damage = undefined
    this.stop()
    // What is in memory alone is what was written.
    if (extent === 'none' || store.kind === 'memory') return
    this.#timer = setTimeout(
      () => this.#check(extent === 'full' ? { full: true } : { sample: SAMPLE }),
      GRACE,
    )
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  /** What was found now. A look at a part of the database takes nothing back. */
  note({ badBlocks, integrity }: StorageDamage, isWhole: boolean): void {
    const isFound = badBlocks.length > 0 || integrity.length > 0
    if (!isFound) {
      if (isWhole) this.forget()
      return
    }
    this.#damage = isWhole ? { badBlocks, integrity } : this.#withBlocks(badBlocks)
    this.#tell()
  }

  /** Nothing of what was damaged is there any more. */
  forget(): void {
    if (this.#damage === undefined) return
    this.#damage = undefined
    this.#tell()
  }

  #withBlocks(found: readonly BadBlock[]): StorageDamage {
    const { badBlocks = [], integrity = [] } = this.#damage ?? {}
    const blocks = new Map([...badBlocks, ...found].map((bad) => [`${bad.block} ${bad.file}`, bad]))
    return { badBlocks: [...blocks.values()].toSorted((a, b) => a.block - b.block), integrity }
  }
}
