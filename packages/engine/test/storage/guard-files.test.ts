import { describe, expect, test } from 'vitest'
import { guardFiles } from '../../src/worker/storage/guard-files.ts'
import { CrashFiles } from './crash-files.ts'
import { contentOf } from './damage.ts'
import { copyFiles, newFiles, openGuarded, type GuardedFiles } from './guarded-fixture.ts'
import {
  codeOf,
  createItems,
  addItems,
  countItems,
  integrity,
  mount,
  open,
  reserveSums,
  vfs,
} from './sqlite-fixture.ts'

const PAGE = 4096
const IOERR_DATA = 8202
const corrupt = expect.objectContaining({ code: 'corrupt' })

function flip(file: GuardedFiles['main'], offset: number, mask = 1): void {
  const byte = new Uint8Array(1)
  file.read(byte, offset)
  file.write(Uint8Array.of((byte[0] ?? 0) ^ mask), offset)
}

/** The sum as SQLite's documentation has it, in whole numbers and by bytes. */
function publicSum(page: Uint8Array): readonly [number, number] {
  let [s1, s2] = [0n, 0n]
  const word = (at: number): bigint =>
    [3, 2, 1, 0].reduce((value, byte) => value * 256n + BigInt(page[at + byte] ?? 0), 0n)
  for (let at = 0; at < page.length - 8; at += 8) {
    s1 = (s1 + word(at) + s2) % 2n ** 32n
    s2 = (s2 + word(at + 4) + s1) % 2n ** 32n
  }
  return [Number(s1), Number(s2)]
}

/** A database of some pages, all of them in the main file. */
function filledFiles(): GuardedFiles {
  const files = newFiles()
  const { database, close } = openGuarded(files)
  createItems(database, 500)
  database.exec('create table large as select 1 id, cast(randomblob(50000) as blob) data')
  close()
  return files
}

describe('the main file', () => {
  test('has the sum of the checksum VFS at the end of each page, bound to its place', () => {
    const bytes = contentOf(filledFiles().main)
    expect(bytes[20]).toBe(8)
    const view = new DataView(bytes.buffer)
    for (let page = 1; page <= bytes.length / PAGE; page++) {
      const end = page * PAGE
      const [s1, s2] = publicSum(bytes.subarray(end - PAGE, end))
      expect((view.getUint32(end - 8, true) ^ page) >>> 0).toBe(s1)
      expect((view.getUint32(end - 4, true) ^ ~page) >>> 0).toBe(s2)
    }
  })

  test('is read with the public sums, and takes bytes that have them, as a copy from elsewhere', () => {
    const files = filledFiles()
    const bytes = new Uint8Array(files.main.size())
    guardFiles(files, files.witness, 'it').main.read(bytes, 0)
    for (let start = 0; start < bytes.length; start += PAGE) {
      const page = bytes.subarray(start, start + PAGE)
      const view = new DataView(page.buffer, start)
      expect([view.getUint32(PAGE - 8, true), view.getUint32(PAGE - 4, true)]).toEqual(publicSum(page))
    }
    const copy = newFiles()
    const guarded = guardFiles(copy, copy.witness, 'it')
    for (let start = 0; start < bytes.length; start += 5 * PAGE) {
      guarded.main.write(bytes.subarray(start, start + 5 * PAGE), start)
    }
    expect(contentOf(copy.main)).toEqual(contentOf(files.main))
    const [odd, offset] = [new Uint8Array(5000), 3 * PAGE + 1001]
    guarded.main.read(odd.subarray(1), offset)
    expect(odd.subarray(1)).toEqual(bytes.subarray(offset, offset + 4999))
  })

  test('tells which page is damaged, also where a value is read past the cache', () => {
    const files = filledFiles()
    const last = files.main.size() / PAGE
    flip(files.main, files.main.size() - 2000)
    const { database, close } = openGuarded(files)
    expect(countItems(database)).toBe(500)
    vfs.takeLastError()
    expect(codeOf(() => database.selectValue('select data from large'))).toBe(IOERR_DATA)
    expect(vfs.takeLastError()).toEqual(corrupt)
    expect(codeOf(() => database.selectValue('select data from large'))).toBe(IOERR_DATA)
    expect(vfs.takeLastError()?.message).toContain(`Page ${last} of "shop" is damaged`)
    // What is whole is there still.
    expect(countItems(database)).toBe(500)
    close()
  })

  test.each([16, 17, 20])('is not taken for one without checksums for a damaged byte %i', (offset) => {
    for (let bit = 0; bit < 8; bit++) {
      const files = filledFiles()
      flip(files.main, offset, 1 << bit)
      vfs.takeLastError()
      let thrown: unknown
      try {
        openGuarded(files)
      } catch (error) {
        thrown = error
      }
      expect(vfs.takeLastError() ?? thrown).toEqual(corrupt)
    }
  })

  test('of before works as it did, and gets checksums by VACUUM', () => {
    const files = newFiles()
    const old = openGuarded(files, false)
    createItems(old.database, 2000)
    old.close()
    expect(contentOf(files.main)[20]).toBe(0)

    const { database, path, close } = openGuarded(files)
    expect(countItems(database)).toBe(2000)
    const reader = open(path)
    database.exec('vacuum')
    void vfs.syncLog(path)
    // Holds a checkpoint up behind VACUUM, so that pages arrive before the header that tells of sums.
    reader.exec('begin')
    expect(countItems(reader)).toBe(2000)
    database.exec('delete from item where id > 1900')
    database.exec('pragma wal_checkpoint(passive)')
    expect(countItems(reader)).toBe(2000)
    reader.close()
    addItems(database, 1000)
    database.exec('pragma wal_checkpoint(truncate)')
    close()

    expect(contentOf(files.main)[20]).toBe(8)
    const again = openGuarded(files)
    expect(integrity(again.database)).toBe('ok')
    expect(countItems(again.database)).toBe(2900)
    again.close()
    flip(files.main, files.main.size() - 500)
    const damaged = openGuarded(files)
    expect(integrity(damaged.database)).not.toBe('ok')
    damaged.close()
  })

  test('cut short is not opened, with or without checksums', () => {
    for (const hasSums of [true, false]) {
      const files = newFiles()
      const { database, path, close } = openGuarded(files, hasSums)
      createItems(database, 500)
      void vfs.syncLog(path)
      close()
      files.main.truncate(files.main.size() - PAGE)
      expect(() => guardFiles(files, files.witness, 'it')).toThrow(/is cut short/)
      files.main.truncate(0)
      expect(() => guardFiles(files, files.witness, 'it')).toThrow(corrupt)
    }
  })
})

describe('the log', () => {
  function loggedFiles(): GuardedFiles & { readonly path: string } {
    const files = newFiles()
    const { database, path } = openGuarded(files)
    createItems(database, 500)
    void vfs.syncLog(path)
    return { ...files, path }
  }

  test.each([
    ['the page', 24 + 2000],
    ['the end of the page', 24 + PAGE - 1],
  ])('is compared at each read while it is open: %s', (_part, offset) => {
    const { wal, path } = loggedFiles()
    flip(wal, wal.size() - (24 + PAGE) + offset)
    const reader = open(path)
    vfs.takeLastError()
    expect(codeOf(() => reader.selectValues('select text from item'))).toBe(IOERR_DATA)
    expect(vfs.takeLastError()?.message).toMatch(/Page \d+ of "shop" is damaged in the log \(frame \d+\)/)
    reader.close()
  })

  test('cut short while it is open is an error', () => {
    const { wal, path } = loggedFiles()
    wal.truncate(wal.size() - 100)
    const reader = open(path)
    vfs.takeLastError()
    expect(codeOf(() => reader.selectValues('select text from item'))).toBe(IOERR_DATA)
    expect(vfs.takeLastError()?.message).toMatch(/is missing in the log/)
    reader.close()
  })

  test('that lost flushed commits is told at opening, and nothing is changed', () => {
    const files = copyFiles(loggedFiles())
    flip(files.wal, 32 + 24 + 5)
    const before = [files.main, files.wal, files.witness].map((file) => contentOf(file).join())
    expect(() => openGuarded(files)).toThrow(/The log of "shop" is damaged: 0 of \d+ frames/)
    expect([files.main, files.wal, files.witness].map((file) => contentOf(file).join())).toEqual(before)
  })

  test('without a witness, as of an older version, is opened as far as it can be read', () => {
    const files = copyFiles(loggedFiles())
    files.witness.truncate(0)
    flip(files.wal, files.wal.size() - 1)
    const { database, close } = openGuarded(files)
    expect(integrity(database)).toBe('ok')
    close()
  })
})

describe('the witness', () => {
  test('falls back to what it said before, if it was torn', () => {
    const files = newFiles()
    const { database, path } = openGuarded(files)
    createItems(database, 10)
    void vfs.syncLog(path)
    const size = files.wal.size()
    addItems(database, 10)
    void vfs.syncLog(path)
    const left = copyFiles(files)
    left.wal.truncate(size)
    expect(() => guardFiles(left, left.witness, 'it')).toThrow(corrupt)
    const newest = [0, 512].toSorted((a, b) => sequenceAt(left, b) - sequenceAt(left, a))[0] ?? 0
    flip(left.witness, newest + 10)
    guardFiles(left, left.witness, 'it')
    left.wal.truncate(size - 1)
    expect(() => guardFiles(left, left.witness, 'it')).toThrow(corrupt)
  })

  test('of another version or of something else says nothing', () => {
    const files = newFiles()
    const { database, path } = openGuarded(files)
    createItems(database, 10)
    void vfs.syncLog(path)
    for (const offset of [0, 1, 512, 513]) {
      const left = copyFiles(files)
      left.wal.truncate(100)
      for (const slot of [offset, (offset + 512) % 1024]) flip(left.witness, slot, 0x40)
      guardFiles(left, left.witness, 'it')
    }
  })

  test('does not ask for a log that was given up, whatever a loss of power or a bad sector leaves of it', () => {
    const power = new CrashFiles(() => undefined)
    const path = mount(guardFiles(power.files, power.files.witness, 'it'))
    const database = open(path)
    database.exec('pragma page_size = 4096')
    reserveSums(database)
    database.exec('pragma journal_mode = wal; pragma synchronous = normal')
    createItems(database, 100)
    void vfs.syncLog(path)
    addItems(database, 100)
    void vfs.syncLog(path)
    // It may have become durable by itself.
    void power.files.witness.sync()
    database.exec('pragma wal_checkpoint(truncate)')
    const survivors = power.survivors(() => 0)
    // Of the log, all that was done is kept.
    const files = { ...survivors, wal: power.survivors(() => 1).wal }
    expect(files.wal.size()).toBe(0)
    guardFiles(files, files.witness, 'it')
    for (const slot of [0, 512]) {
      const { witness } = power.survivors(() => 0)
      witness.write(new Uint8Array(64), slot)
      guardFiles(files, witness, 'it')
    }
  })

  test('that cannot be written fails no commit', () => {
    const files = newFiles()
    files.witness.write = () => {
      throw new Error('no room')
    }
    const { database, path, close } = openGuarded(files)
    createItems(database, 10)
    expect(vfs.syncLog(path)).toBe(true)
    close()
  })
})

function sequenceAt(files: GuardedFiles, slot: number): number {
  return new DataView(contentOf(files.witness).buffer).getUint32(slot + 4, true)
}
