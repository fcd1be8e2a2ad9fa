/** What a cache and its storage have been asked. */
export interface StorageReads {
  readonly hits: number
  readonly misses: number
  /** Blocks that were read ahead and then used. */
  readonly prefetchHits: number
  readonly checksumFailures: number
}

export class StorageCounts {
  #hits = 0
  #misses = 0
  #prefetchHits = 0
  #checksumFailures = 0
  readonly #prefetched = new Set<number>()

  get reads(): StorageReads {
    return {
      hits: this.#hits,
      misses: this.#misses,
      prefetchHits: this.#prefetchHits,
      checksumFailures: this.#checksumFailures,
    }
  }

  noteLookup(block: number, isHit: boolean): void {
    if (!isHit) this.#misses++
    else this.#hits++
    if (this.#prefetched.delete(block) && isHit) this.#prefetchHits++
  }

  notePrefetch(first: number, count: number): void {
    for (let block = first; block < first + count; block++) this.#prefetched.add(block)
  }

  noteDamage(): void {
    this.#checksumFailures++
  }
}
