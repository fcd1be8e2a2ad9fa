import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BlockCache } from '../../../src/worker/storage/indexeddb/block-cache.ts'
import { CacheTuner } from '../../../src/worker/storage/indexeddb/cache-tuner.ts'
import { BLOCK_SIZE } from '../../../src/worker/storage/block-size.ts'

const FLOOR = 64
const CEILING = 2048
const CONTENT = { bytes: new Uint8Array(), version: 0, entry: new Uint8Array() }

/** A cache in front of a store that has every block; capacities are in blocks. */
class ModelStore {
  readonly resizes: number[] = []
  readonly #tuner: CacheTuner
  readonly #cache: BlockCache
  #misses = 0
  #lookups = 0

  constructor(initial = FLOOR) {
    const [floor, ceiling] = [FLOOR * BLOCK_SIZE, CEILING * BLOCK_SIZE]
    this.#tuner = new CacheTuner({ floor, initial: initial * BLOCK_SIZE, ceiling })
    this.#cache = new BlockCache(this.#tuner)
  }

  get capacity(): number {
    return this.#cache.capacity / BLOCK_SIZE
  }

  get bytes(): number {
    return this.#cache.bytes
  }

  read(block: number): void {
    const before = this.capacity
    this.#lookups++
    if (this.#cache.use(block) === undefined) {
      this.#misses++
      this.#cache.set(block, CONTENT)
    }
    if (this.capacity !== before) this.resizes.push(this.capacity)
  }

  /** The part of lookups that missed while `work` ran. */
  missesDuring(work: () => void): number {
    this.#misses = 0
    this.#lookups = 0
    work()
    return this.#misses / this.#lookups
  }

  cycle(blocks: number, times: number, first = 0): void {
    for (let time = 0; time < times; time++) {
      for (let block = 0; block < blocks; block++) this.read(first + block)
    }
  }
}

describe('the capacity of a cache', () => {
  test('grows until what is used all the time fits, and no further', () => {
    const store = new ModelStore()
    store.cycle(600, 200)
    expect(store.missesDuring(() => store.cycle(600, 20))).toBeLessThan(0.02)
    expect(store.capacity).toBeGreaterThanOrEqual(600)
    expect(store.capacity).toBeLessThan(600 * 1.6)
  })

  test('does not grow for a scan, nor for more than could ever fit', () => {
    const store = new ModelStore(256)
    for (let block = 0; block < 200_000; block++) store.read(block)
    expect(store.capacity).toBeLessThanOrEqual(256)
    const cycled = new ModelStore(256)
    cycled.cycle(CEILING * 3, 20)
    expect(cycled.capacity).toBeLessThanOrEqual(256)
  })

  test('gives memory back when less is used', () => {
    const store = new ModelStore()
    store.cycle(1500, 100)
    expect(store.capacity).toBeGreaterThanOrEqual(1500)
    store.cycle(50, 20_000)
    expect(store.capacity).toBeLessThan(300)
    expect(store.bytes).toBeLessThanOrEqual(300 * BLOCK_SIZE)
  })

  test('comes to rest where the use stays the same', () => {
    const store = new ModelStore()
    store.cycle(600, 3000)
    const before = store.resizes.length
    store.cycle(600, 3000)
    expect(store.resizes.length - before).toBeLessThan(24)
    expect(store.missesDuring(() => store.cycle(600, 3000))).toBeLessThan(0.01)
  })

  test('stays within its bounds whatever is asked', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 1, max: 5 }), fc.nat(5000)), {
          maxLength: 12,
        }),
        (phases) => {
          const store = new ModelStore()
          for (const [blocks, times, first] of phases) store.cycle(blocks, times, first)
          expect(store.bytes).toBeLessThanOrEqual(store.capacity * BLOCK_SIZE)
          for (const capacity of store.resizes) {
            expect(capacity).toBeGreaterThanOrEqual(FLOOR)
            expect(capacity).toBeLessThanOrEqual(CEILING)
          }
        },
      ),
      { numRuns: 30 },
    )
  })
})
