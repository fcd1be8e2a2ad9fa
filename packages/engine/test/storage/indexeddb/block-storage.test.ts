import { expect, test } from 'vitest'
import { BlockCache } from '../../../src/worker/storage/indexeddb/block-cache.ts'
import { BlockStorage } from '../../../src/worker/storage/indexeddb/block-storage.ts'
import { BLOCK_SIZE } from '../../../src/worker/storage/block-size.ts'
import { ExtentCodec } from '../../../src/worker/storage/indexeddb/extent-record.ts'
import type { ExtentSource } from '../../../src/worker/storage/indexeddb/extent-source.ts'
import { StorageCounts } from '../../../src/worker/storage/indexeddb/storage-counts.ts'
import { MapSource, withoutReadNow } from './map-source.ts'
import { checksums } from './open-stored-files.ts'

const codec = new ExtentCodec(checksums, checksums.byName('xxhash64'), 8)

async function openStorage(source: ExtentSource, cache = new BlockCache(0)): Promise<BlockStorage> {
  const opened = await source.open({ blocksPerExtent: 8, checksum: 'xxhash64' }, () => false)
  return new BlockStorage(source, opened, codec, cache, new StorageCounts())
}

function blocks(from: number, to: number, fill: number): ReadonlyMap<number, Uint8Array> {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index)
  return new Map(numbers.map((block) => [block, new Uint8Array(BLOCK_SIZE).fill(fill)]))
}

/** What each block is filled with, as it is found anew. */
async function fillsOf(source: MapSource, count: number): Promise<readonly unknown[]> {
  const storage = await openStorage(source.copy())
  expect(storage.size).toBe(count * BLOCK_SIZE)
  return Array.from({ length: count }, (_, block) => storage.read(block)[17])
}

test('a file that grows beyond what is written has zeros in between, whatever was there before', async () => {
  const source = new MapSource()
  const storage = await openStorage(source)
  await storage.commit(blocks(18, 20, 7), 20 * BLOCK_SIZE, 'strict')
  expect(await fillsOf(source, 20)).toEqual([...Array(18).fill(0), 7, 7])
  await storage.commit(blocks(0, 1, 8), 3 * BLOCK_SIZE, 'strict')
  await storage.commit(blocks(19, 20, 9), 20 * BLOCK_SIZE, 'strict')
  expect(await fillsOf(source, 20)).toEqual([8, ...Array(18).fill(0), 9])
})

test('a file that shrinks keeps no block that lies behind its end', async () => {
  const source = new MapSource()
  const storage = await openStorage(source)
  await storage.commit(blocks(0, 30, 1), 30 * BLOCK_SIZE, 'strict')
  await storage.commit(blocks(0, 1, 2), 11 * BLOCK_SIZE, 'strict')
  expect([...source.extents.keys()]).toEqual([0, 1])
  const whole = source.extents.get(0)?.length ?? 0
  expect(whole - (source.extents.get(1)?.length ?? 0)).toBe(5 * BLOCK_SIZE)
  expect(await fillsOf(source, 11)).toEqual([2, ...Array(10).fill(1)])
  await storage.commit(new Map(), 8 * BLOCK_SIZE, 'strict')
  expect([...source.extents.keys()]).toEqual([0])
  await storage.commit(new Map(), 0, 'strict')
  expect([...source.extents.keys()]).toEqual([])
})

test('a commit that fails leaves it as it was, and the next one takes its number', async () => {
  const source = new MapSource()
  const storage = await openStorage(source)
  await storage.commit(blocks(0, 9, 1), 9 * BLOCK_SIZE, 'strict')
  source.beforeCommit = () => {
    throw new Error('no')
  }
  await expect(storage.commit(blocks(0, 2, 2), 2 * BLOCK_SIZE, 'strict')).rejects.toThrow('no')
  expect(storage.size).toBe(9 * BLOCK_SIZE)
  expect([storage.read(0)[0], storage.read(8)[0]]).toEqual([1, 1])
  source.beforeCommit = () => undefined
  await storage.commit(blocks(0, 2, 3), 9 * BLOCK_SIZE, 'strict')
  expect(await fillsOf(source, 9)).toEqual([3, 3, ...Array(7).fill(1)])
})

test('blocks that are about to be read together stay until then, whatever the cache gives back meanwhile', async () => {
  const source = new MapSource()
  const cache = new BlockCache(8 * BLOCK_SIZE)
  const storage = await openStorage(withoutReadNow(source), cache)
  await storage.commit(blocks(0, 8, 1), 8 * BLOCK_SIZE, 'strict')
  const numbers = [0, 1, 2, 3, 4, 5, 6, 7]
  expect(storage.load(numbers)).toBe(undefined)
  const fills = numbers.map((block) => {
    cache.capacity -= BLOCK_SIZE
    return storage.read(block)[0]
  })
  expect(fills).toEqual(numbers.map(() => 1))
})
