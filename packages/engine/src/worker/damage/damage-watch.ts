import type { CheckAtOpen, StorageDamage, VerifyExtent } from '../../link/damage-report.ts'
import type { StorageStatus } from '../../link/protocol.ts'

/** Blocks by chance that are looked at as a database is opened. */
const SAMPLE = 4
/** Milliseconds after the opening in which the first questions are answered. */
const GRACE = 250

/** What is known of the damage of the open database, and the look at it after its opening. */
export class DamageWatch {
  readonly #check: (extent: VerifyExtent) => void
  readonly #tell: (status: StorageStatus) => void
  #status: StorageStatus | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(check: (extent: VerifyExtent) => void, tell: (status: StorageStatus) => void) {
    this.#check = check
    this.#tell = tell
  }

  /** A database was opened, and said to be so. */
  start(status: StorageStatus, extent: CheckAtOpen): void {
    this.#status = status
    this.stop()
    // What is in memory alone is what was written.
    if (extent === 'none' || status.backend === 'memory') return
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
    if (this.#status === undefined || (!isFound && (!isWhole || this.#status.damage === undefined))) return
    this.#status = { ...this.#status, damage: isFound ? { badBlocks, integrity } : undefined }
    this.#tell(this.#status)
  }
}
