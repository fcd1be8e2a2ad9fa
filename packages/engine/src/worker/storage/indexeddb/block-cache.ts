import type { CacheTuner } from './cache-tuner.ts'
import type { StoredBlock } from './extent-record.ts'
import { BLOCK_SIZE } from '../block-size.ts'

/** The part of the cache that is kept for blocks which were used more than once. */
const PROTECTED_SHARE = 0.8

/**
 * Blocks that were read or written lately, in two segments: a block enters on probation and is protected
 * once it is used again, so that a scan, which uses each block once, cannot drive out what is used all
 * the time (Karedla, Love, Wherry: Caching strategies to improve disk system performance, 1994).
 */
export class BlockCache {
  /** In bytes. */
  #capacity: number
  /** Both with the least recently used first. */
  readonly #probation = new Map<number, StoredBlock>()
  readonly #protected = new Map<number, StoredBlock>()
  /** Blocks that were dropped, the latest last: as many as a cache of the largest capacity would still have. */
  readonly #dropped = new Set<number>()
  readonly #tuner: CacheTuner | undefined

  /** In bytes, or as a tuner has it, who is told of each use. */
  constructor(capacity: number | CacheTuner) {
    this.#tuner = typeof capacity === 'number' ? undefined : capacity
    this.#capacity = typeof capacity === 'number' ? capacity : capacity.capacity
  }

  get bytes(): number {
    return (this.#probation.size + this.#protected.size) * BLOCK_SIZE
  }

  get capacity(): number {
    return this.#capacity
  }

  set capacity(capacity: number) {
    this.#capacity = capacity
    this.#shrink()
  }

  /** The block, as one that is used now. */
  use(block: number): StoredBlock | undefined {
    const kept = this.#protected.get(block) ?? this.#probation.get(block)
    if (kept === undefined) {
      this.noteMiss(block)
      return undefined
    }
    this.#tune(false)
    this.#probation.delete(block)
    this.#protected.delete(block)
    this.#protected.set(block, kept)
    if (this.#protected.size * BLOCK_SIZE > this.#capacity * PROTECTED_SHARE) this.#demote()
    return kept
  }

  /** A block was asked for that is not here. */
  noteMiss(block: number): void {
    this.#tune(this.#dropped.delete(block))
  }

  /** The block, without counting that as a use. */
  peek(block: number): StoredBlock | undefined {
    return this.#protected.get(block) ?? this.#probation.get(block)
  }

  set(block: number, content: StoredBlock): void {
    if (this.#protected.has(block)) this.#protected.set(block, content)
    else this.#probation.set(block, content)
    this.#dropped.delete(block)
    this.#shrink()
  }

  /** Forgets all blocks from one on. */
  deleteFrom(first: number): void {
    for (const segment of [this.#probation, this.#protected]) {
      for (const block of segment.keys()) if (block >= first) segment.delete(block)
    }
  }

  #tune(wouldHit: boolean): void {
    if (this.#tuner === undefined) return
    this.#tuner.note(wouldHit)
    if (this.#capacity !== this.#tuner.capacity) this.capacity = this.#tuner.capacity
  }

  #demote(): void {
    const [oldest] = this.#protected
    if (oldest === undefined) return
    this.#protected.delete(oldest[0])
    this.#probation.set(...oldest)
  }

  #shrink(): void {
    while (this.bytes > this.#capacity) {
      const segment = this.#probation.size > 0 ? this.#probation : this.#protected
      const [oldest] = segment.keys()
      if (oldest === undefined) return
      segment.delete(oldest)
      this.#noteDropped(oldest)
    }
  }

  #noteDropped(block: number): void {
    if (this.#tuner === undefined) return
    this.#dropped.add(block)
    const [oldest] = this.#dropped
    const room = (this.#tuner.ceiling - this.#capacity) / BLOCK_SIZE
    if (this.#dropped.size > room && oldest !== undefined) this.#dropped.delete(oldest)
  }
}
