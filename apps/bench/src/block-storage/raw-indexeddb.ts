import { BlockRecords } from './block-records.ts'
import { verify, type Contender, type Tasks } from './contender.ts'
import { COMMITS, isEqual, randomBytes, randomIds, WARM_UP, type Size } from './data.ts'

const MEGABYTE = 1024 * 1024
/** What the samples take in a file of SQLite's. */
const SAMPLE_BYTES = 3 * MEGABYTE
/** Blocks that take turns in being committed. */
const COMMITTED = 64

/**
 * IndexedDB by itself, in the page, without SQLite: as many blocks of one size as the others write and
 * read bytes. It is the limit for storage on top of it that has blocks of that size.
 */
export function rawIndexedDb(kibibytes: 4 | 32): Contender {
  return {
    name: `raw IndexedDB, ${kibibytes} KiB`,
    isIsolated: true,
    durabilities: ['strict', 'relaxed'],
    forgets: undefined,
    tasks: tasksOf(kibibytes * 1024),
  }
}

function tasksOf(bytes: number): Tasks {
  const open = (name: string): Promise<BlockRecords> => BlockRecords.open(`raw-${bytes}-${name}`)
  const blocksIn = (size: Size): number => (size * MEGABYTE) / bytes
  const samples = blocksFrom(0, SAMPLE_BYTES / bytes, bytes)
  const expectBlock = (block: Uint8Array | undefined, number: number): void =>
    verify(isEqual(block, randomBytes(bytes, number + 1)), `block ${number} is not what was written`)

  return {
    async prepare(size) {
      using records = await open(`blocks-${size}`)
      const each = blocksIn(1)
      for (let first = 0; first < blocksIn(size); first += each) {
        await records.write(blocksFrom(first, each, bytes), 'relaxed')
      }
      verify((await records.count()) === blocksIn(size), 'the number of blocks')
    },

    async commit(durability) {
      using records = await open(`commits-${durability}`)
      const latest = Math.max(0, ...(await records.readAll()).map(counterOf))
      const milliseconds: number[] = []
      for (let commit = 1; commit <= WARM_UP + COMMITS; commit++) {
        const number = commit % COMMITTED
        const block = randomBytes(bytes, number + 1)
        new DataView(block.buffer).setUint32(0, latest + commit)
        const start = performance.now()
        await records.write(new Map([[number, block]]), durability)
        milliseconds.push(performance.now() - start)
      }
      // What is left is the last commit of each block.
      const last = latest + WARM_UP + COMMITS
      let sum = 0
      for (let counter = last; counter > last - COMMITTED; counter--) sum += counter
      verify(sumOfCounters(await records.readAll()) === sum, 'the counters')
      return { milliseconds: milliseconds.slice(WARM_UP), sum }
    },

    async checkCommits(durability, sum) {
      using records = await open(`commits-${durability}`)
      verify((await records.count()) === COMMITTED, 'the number of blocks')
      verify(sumOfCounters(await records.readAll()) === sum, 'the counters')
    },

    async insert(durability, round) {
      using records = await open(`samples-${durability}-${round}`)
      const start = performance.now()
      await records.write(samples, durability)
      const milliseconds = performance.now() - start
      verify((await records.count()) === samples.size, 'the number of blocks')
      return milliseconds
    },

    async scan(durability, round) {
      using records = await open(`samples-${durability}-${round}`)
      const start = performance.now()
      const found = await records.readAll()
      const milliseconds = performance.now() - start
      verify(found.length === samples.size, 'the number of blocks')
      found.forEach(expectBlock)
      return milliseconds
    },

    async readPoints(seed) {
      using records = await open('blocks-100')
      const numbers = randomIds(blocksIn(100), seed).map((id) => id - 1)
      const found: Uint8Array[] = []
      const start = performance.now()
      for (const number of numbers) found.push(await records.read(number))
      const milliseconds = performance.now() - start
      found.forEach((block, index) => expectBlock(block, numbers[index] ?? 0))
      return milliseconds
    },

    async firstRow(size) {
      const start = performance.now()
      using records = await open(`blocks-${size}`)
      const block = await records.read(0)
      const milliseconds = performance.now() - start
      expectBlock(block, 0)
      return milliseconds
    },

    async holdOpen(size) {
      const records = await open(`blocks-${size}`)
      expectBlock(await records.read(blocksIn(size) / 2), blocksIn(size) / 2)
    },
  }
}

function blocksFrom(first: number, count: number, bytes: number): Map<number, Uint8Array<ArrayBuffer>> {
  const numbers = Array.from({ length: count }, (_, index) => first + index)
  return new Map(numbers.map((number) => [number, randomBytes(bytes, number + 1)]))
}

function sumOfCounters(blocks: readonly Uint8Array[]): number {
  return blocks.reduce((sum, block) => sum + counterOf(block), 0)
}

function counterOf(block: Uint8Array): number {
  return new DataView(block.buffer, block.byteOffset).getUint32(0)
}
