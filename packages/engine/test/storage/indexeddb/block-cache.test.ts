import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BlockCache } from '../../../src/worker/storage/indexeddb/block-cache.ts'
import { BLOCK_SIZE } from '../../../src/worker/storage/block-size.ts'
import type { StoredBlock } from '../../../src/worker/storage/indexeddb/extent-record.ts'

function content(version: number): StoredBlock {
  return { bytes: new Uint8Array(0), version, entry: new Uint8Array(0) }
}

/** The same by lists, the least recently used first. */
class CacheModel {
  probation: (readonly [number, StoredBlock])[] = []
  protected: (readonly [number, StoredBlock])[] = []
  capacity: number

  constructor(capacity: number) {
    this.capacity = capacity
  }

  get all(): ReadonlyMap<number, StoredBlock> {
    return new Map([...this.probation, ...this.protected])
  }

  use(block: number): StoredBlock | undefined {
    const kept = this.all.get(block)
    if (kept === undefined) return undefined
    this.probation = this.probation.filter(([other]) => other !== block)
    this.protected = [...this.protected.filter(([other]) => other !== block), [block, kept]]
    if (this.protected.length > this.capacity * 0.8) {
      const [oldest, ...others] = this.protected
      this.protected = others
      if (oldest !== undefined) this.probation = [...this.probation, oldest]
    }
    return kept
  }

  set(block: number, value: StoredBlock): void {
    const replace = (list: typeof this.probation): typeof this.probation =>
      list.map((entry) => (entry[0] === block ? ([block, value] as const) : entry))
    if (this.all.has(block)) {
      this.probation = replace(this.probation)
      this.protected = replace(this.protected)
    } else this.probation = [...this.probation, [block, value]]
    this.shrink()
  }

  deleteFrom(first: number): void {
    this.probation = this.probation.filter(([block]) => block < first)
    this.protected = this.protected.filter(([block]) => block < first)
  }

  shrink(): void {
    while (this.probation.length + this.protected.length > this.capacity) {
      if (this.probation.length > 0) this.probation = this.probation.slice(1)
      else this.protected = this.protected.slice(1)
    }
  }
}

const anyCall = fc.record({
  kind: fc.constantFrom(
    'use' as const,
    'use' as const,
    'set' as const,
    'set' as const,
    'peek' as const,
    'deleteFrom' as const,
    'capacity' as const,
  ),
  number: fc.nat(15),
})

test('it keeps what a cache of two segments keeps, and no more than its bytes', () => {
  fc.assert(
    fc.property(fc.nat(12), fc.array(anyCall, { maxLength: 120 }), (capacity, calls) => {
      const cache = new BlockCache(capacity * BLOCK_SIZE)
      const model = new CacheModel(capacity)
      let version = 0
      for (const { kind, number } of calls) {
        if (kind === 'use') {
          expect(cache.use(number)).toBe(model.use(number))
        } else if (kind === 'set') {
          const value = content(++version)
          cache.set(number, value)
          model.set(number, value)
        } else if (kind === 'deleteFrom') {
          cache.deleteFrom(number)
          model.deleteFrom(number)
        } else if (kind === 'capacity') {
          cache.capacity = number * BLOCK_SIZE
          model.capacity = number
          model.shrink()
        }
        for (let block = 0; block <= 15; block++) expect(cache.peek(block)).toBe(model.all.get(block))
        expect(cache.bytes).toBe(model.all.size * BLOCK_SIZE)
        expect(cache.bytes).toBeLessThanOrEqual(cache.capacity)
      }
    }),
  )
})

test('a scan drives out nothing that was used twice', () => {
  const cache = new BlockCache(10 * BLOCK_SIZE)
  const often = [1, 2, 3, 4, 5, 6, 7, 8]
  for (const block of often) cache.set(block, content(block))
  for (const block of often) cache.use(block)
  for (let block = 100; block < 200; block++) {
    expect(cache.use(block)).toBe(undefined)
    cache.set(block, content(block))
  }
  expect(often.filter((block) => cache.peek(block) !== undefined)).toEqual(often)
  expect(cache.bytes).toBe(10 * BLOCK_SIZE)
})

test('what was used again long ago makes room in the end', () => {
  const cache = new BlockCache(10 * BLOCK_SIZE)
  for (let block = 0; block < 100; block++) {
    cache.set(block, content(block))
    cache.use(block)
  }
  expect(cache.peek(0)).toBe(undefined)
  expect(cache.peek(99)).toBeDefined()
})
