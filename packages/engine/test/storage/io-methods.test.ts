import { expect, test } from 'vitest'
import { loadSqlite } from '../../src/worker/sqlite/load-sqlite.ts'
import { FULL, IOERR, OK } from '../../src/worker/sqlite/result-codes.ts'
import * as codes from '../../src/worker/storage/io-codes.ts'
import { ioMethods } from '../../src/worker/storage/io-methods.ts'
import type { BlockFile } from '../../src/worker/storage/block-store.ts'
import { MemoryFile } from '../../src/worker/storage/memory-file.ts'
import { OpenFile } from '../../src/worker/storage/open-file.ts'
import { VfsFile } from '../../src/worker/storage/vfs-file.ts'
import { VfsState } from '../../src/worker/storage/vfs-state.ts'
import { WalIndex } from '../../src/worker/storage/wal-index.ts'

const GIB = 2 ** 30
const FILE = 4
const module = await loadSqlite()
const buffer = module.wasm.exports.sqlite3_malloc(65_536)

/** Calls a method as SQLite does, by position and with whatever SQLite passes. */
type Call = (method: string, ...values: readonly (number | bigint)[]) => number

function openFile(blocks: BlockFile): { readonly state: VfsState; readonly call: Call } {
  const state = new VfsState(module)
  state.open.set(FILE, new OpenFile(new VfsFile('a file', blocks, new WalIndex(module))))
  const methods = ioMethods(state) as unknown as Record<string, (...values: readonly unknown[]) => number>
  return { state, call: (method, ...values) => methods[method]?.(FILE, ...values) ?? NaN }
}

function heap(length: number): Uint8Array {
  return module.wasm.heap8u().subarray(buffer, buffer + length)
}

test('what lies behind the end of the file reads as zeros, and SQLite is told', () => {
  const { call } = openFile(new MemoryFile())
  heap(8).set([1, 2, 3, 4, 5, 6, 7, 8])
  expect(call('xWrite', buffer, 4, 100n)).toBe(OK)
  expect(call('xRead', buffer, 8, 100n)).toBe(codes.IOERR_SHORT_READ)
  expect([...heap(8)]).toEqual([1, 2, 3, 4, 0, 0, 0, 0])
  heap(8).fill(9)
  expect(call('xRead', buffer, 8, 200n)).toBe(codes.IOERR_SHORT_READ)
  expect([...heap(8)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  expect(call('xRead', buffer, 4, 100n)).toBe(OK)
})

test.each([2n, 4n, 6n, 2n ** 20n])('offsets and sizes of %s GiB keep all their bits', (gib) => {
  const file = new MemoryFile()
  const { call } = openFile(file)
  const offset = gib * BigInt(GIB) + 5n
  heap(4).set([1, 2, 3, 4])
  expect(call('xWrite', buffer, 4, offset)).toBe(OK)
  expect(file.size()).toBe(Number(offset) + 4)
  heap(4).fill(0)
  expect(call('xRead', buffer, 4, offset)).toBe(OK)
  expect([...heap(4)]).toEqual([1, 2, 3, 4])
  expect(call('xFileSize', buffer)).toBe(OK)
  expect(new DataView(heap(8).buffer).getBigInt64(buffer, true)).toBe(offset + 4n)
  expect(call('xTruncate', offset + 1n)).toBe(OK)
  expect(file.size()).toBe(Number(offset) + 1)
})

test('a heap that has grown is written to where it is now', () => {
  const { call } = openFile(new MemoryFile())
  heap(4).set([1, 2, 3, 4])
  call('xWrite', buffer, 4, 0n)
  const before = heap(4)
  module.wasm.exports.sqlite3_free(module.wasm.exports.sqlite3_malloc(64 * 2 ** 20))
  expect(before.byteLength).toBe(0)
  expect(call('xRead', buffer, 4, 0n)).toBe(OK)
  expect([...heap(4)]).toEqual([1, 2, 3, 4])
  expect(call('xFileSize', buffer)).toBe(OK)
  expect([...heap(8)]).toEqual([4, 0, 0, 0, 0, 0, 0, 0])
})

const calls: readonly (readonly [string, number, readonly (number | bigint)[]])[] = [
  ['xRead', codes.IOERR_READ, [buffer, 8, 0n]],
  ['xWrite', codes.IOERR_WRITE, [buffer, 8, 0n]],
  ['xTruncate', codes.IOERR_TRUNCATE, [0n]],
  ['xSync', codes.IOERR_FSYNC, [0]],
  ['xFileSize', codes.IOERR_FSTAT, [buffer]],
]

test.each(calls)(
  'when the store throws, %s answers %d, or FULL, and keeps the cause',
  (method, code, values) => {
    for (const [cause, expected, errorCode] of [
      [new Error('broken'), code, 'io-error'],
      ['not even an error', code, 'io-error'],
      [new DOMException('no room', 'QuotaExceededError'), FULL, 'quota-exceeded'],
    ] as const) {
      const fail = (): never => {
        throw cause
      }
      const { state, call } = openFile({ read: fail, write: fail, truncate: fail, sync: fail, size: fail })
      // Nothing to sync, nothing to fail.
      if (method === 'xSync')
        expect([call('xSync', 0), call('xWrite', buffer, 1, 0n) === OK]).toEqual([OK, false])
      expect(call(method, ...values)).toBe(expected)
      expect(state.lastError).toMatchObject({ code: errorCode, cause })
    }
  },
)

test('a file that is not open answers an error, and nothing is thrown into SQLite', () => {
  const { state, call } = openFile(new MemoryFile())
  expect(call('xClose')).toBe(OK)
  expect(state.open.size).toBe(0)
  expect(call('xClose')).toBe(OK)
  for (const [method, code, values] of calls) expect(call(method, ...values)).toBe(code)
  expect([call('xLock', 1), call('xUnlock', 0), call('xCheckReservedLock', buffer)]).toEqual([
    IOERR,
    IOERR,
    IOERR,
  ])
  expect([call('xShmMap', 0, 32_768, 1, buffer), call('xShmLock', 0, 1, 6)]).toEqual([IOERR, IOERR])
  expect(call('xShmUnmap', 0)).toBe(OK)
})
