import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { DatabaseFiles } from '../../src/worker/storage/block-store.ts'
import { guardFiles } from '../../src/worker/storage/guard-files.ts'
import { ExtentDatabase } from '../../src/worker/storage/indexeddb/extent-database.ts'
import { MemoryStore } from '../../src/worker/storage/memory-store.ts'
import { SUM_SIZE } from '../../src/worker/storage/page-sum.ts'
import { VerifiedFile } from '../../src/worker/storage/verified-file.ts'
import { verifyFiles } from '../../src/worker/storage/verify-files.ts'
import { reportUncaught } from '../../src/worker/report-uncaught.ts'
import { MemoryFile } from '../../src/worker/storage/memory-file.ts'
import { openClient } from '../support/engine-client.ts'
import { openStored, SCHEMA, stubIndexedDb } from '../support/stored-client.ts'

vi.mock('../../src/worker/report-uncaught.ts', () => ({ reportUncaught: vi.fn<(error: unknown) => void>() }))

const insert = 'insert into t (a) values (randomblob(8000))'

beforeEach(() => {
  stubIndexedDb()
  vi.mocked(reportUncaught).mockClear()
})

/** Keeps files in memory as those of the origin are kept: watched, and read back below that. */
class VerifiedStore extends MemoryStore {
  readonly reservedBytes: number = SUM_SIZE
  #files: Promise<DatabaseFiles> | undefined

  override open(database: string): Promise<DatabaseFiles> {
    this.#files ??= super
      .open(database)
      .then(verifyFiles)
      .then((files) => guardFiles(files, new MemoryFile(), '"shop"'))
    return this.#files
  }
}

/** What is read of IndexedDB is not what was stored, until the function that is returned is called. */
function damageReads(): () => void {
  // oxlint-disable-next-line typescript/unbound-method -- It is called with what it is read for.
  const { read } = ExtentDatabase.prototype
  const spy = vi.spyOn(ExtentDatabase.prototype, 'read').mockImplementation(async function (
    this: ExtentDatabase,
    extents,
  ) {
    const found = await read.call(this, extents)
    for (const record of found.values()) record[record.length - 1] = (record[record.length - 1] ?? 0) ^ 1
    return found
  })
  onTestFinished(() => spy.mockRestore())
  return () => spy.mockRestore()
}

describe('a commit to IndexedDB that is read back', () => {
  test('is stored anew under relaxed durability, until it is right', async () => {
    const { client, types, events } = await openStored({ interval: 60_000, verifyAfterWrite: true })
    await client.exec(`${SCHEMA}; ${insert}`)
    const repair = damageReads()
    await expect(client.request('sync', { cause: 'drain' })).rejects.toMatchObject({ code: 'corrupt' })
    expect(events().at(-1)).toMatchObject({ type: 'syncfailure', isLost: false, error: { code: 'corrupt' } })
    expect((await client.request('metrics', null)).checksumFailures).toBe(1)
    repair()
    await client.request('sync', { cause: 'drain' })
    expect(types().at(-1)).toBe('syncsuccess drain')
    await client.request('close', null)
    const other = await openStored()
    expect(await other.client.value('select count(*) from t')).toBe(1)
    expect(await other.client.value('pragma integrity_check')).toBe('ok')
  })

  test('ends the worker under strict durability, and the write is not acknowledged', async () => {
    const { client } = await openStored({ verifyAfterWrite: true }, { durability: 'strict' })
    await client.exec(SCHEMA)
    const repair = damageReads()
    await expect(client.run(insert)).rejects.toMatchObject({ code: 'corrupt' })
    repair()
    await expect.poll(() => vi.mocked(reportUncaught).mock.calls.length).toBe(1)
  })
})

describe("a file of SQLite's that is read back", () => {
  test('fails the write where the log is not what was written', async () => {
    const client = await openClient({ store: new VerifiedStore(), schema: SCHEMA })
    await client.run(insert)
    const read = vi.spyOn(MemoryFile.prototype, 'read').mockImplementation((into) => {
      into.fill(7)
      return into.length
    })
    await expect(client.run(insert)).rejects.toThrow(/its log.* not what was read back/)
    read.mockRestore()
    await client.run(insert)
    expect(await client.value('pragma integrity_check')).toBe('ok')
  })

  test('knows what was written over, cut off, or written over in part', () => {
    const inner = new MemoryFile()
    const file = new VerifiedFile(inner, 'a file', (bytes) => BigInt(bytes.reduce((a, b) => a + b, 0)))
    file.write(new Uint8Array(100).fill(1), 0)
    file.write(new Uint8Array(100).fill(2), 100)
    file.write(new Uint8Array(100).fill(3), 100)
    file.write(new Uint8Array(10).fill(4), 95)
    file.write(new Uint8Array(10).fill(4), 500)
    file.truncate(200)
    expect(file.sync()).toBeUndefined()
    file.write(new Uint8Array(10).fill(1), 0)
    inner.write(new Uint8Array(1), 5)
    expect(() => file.sync()).toThrow(/a file at 0/)
    // It stays wrong until it is written again.
    expect(() => file.sync()).toThrow()
    file.write(new Uint8Array(10).fill(1), 0)
    expect(file.sync()).toBeUndefined()
  })
})
