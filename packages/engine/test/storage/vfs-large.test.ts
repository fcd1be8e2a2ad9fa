import { expect, test } from 'vitest'
import { memoryFiles, mount, open, vfs } from './sqlite-fixture.ts'

const PAGE_SIZE = 65_536
const GIB = 2 ** 30

/**
 * Makes SQLite append behind `size`: tells it, in the header, that the file has that many pages, of
 * which all but the first few are holes.
 */
function stretch(path: string, files: ReturnType<typeof memoryFiles>, size: number): void {
  const database = open(path)
  database.exec(`pragma page_size = ${PAGE_SIZE}; create table item (id integer primary key, text)`)
  database.close()
  const header = new Uint8Array(100)
  files.main.read(header, 0)
  new DataView(header.buffer).setUint32(28, size / PAGE_SIZE)
  files.main.write(header, 0)
  files.main.truncate(size)
}

test.each([
  ['wal', 2 * GIB],
  ['wal', 4 * GIB],
  ['delete', 4 * GIB],
  ['wal', 10 * GIB],
])('with journal_mode %s pages behind %d bytes are kept, read and given back', (mode, size) => {
  const files = memoryFiles()
  const path = mount(files)
  // So that the pages written lie on both sides of the border.
  const start = size - 4 * PAGE_SIZE
  stretch(path, files, start)

  const writer = open(path)
  writer.exec(`pragma journal_mode = ${mode}; pragma cache_size = 5`)
  writer.exec(`
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)
    insert into item (text) select printf('%0500d', i) from n`)
  writer.exec('pragma wal_checkpoint(truncate)')
  expect(files.main.size()).toBeGreaterThan(size + 5 * PAGE_SIZE)
  writer.exec("begin; update item set text = 'gone'; rollback")
  writer.exec("update item set text = 'changed' where id % 100 = 0")
  writer.close()

  const reader = open(path)
  expect(reader.selectValue("select count(*) from item where text = printf('%0500d', id)")).toBe(1980)
  expect(reader.selectValue("select count(*) from item where text = 'changed'")).toBe(20)
  // The holes belong to nothing; of everything else nothing is wrong.
  const complaints = reader
    .selectValues('pragma integrity_check(1000000)')
    .flatMap((text) => (typeof text === 'string' ? text.split('\n') : []))
  expect(complaints.length).toBeGreaterThan(1000)
  const expected = /^(\*\*\* in database main \*\*\*|Page \d+: never used)$/
  expect(complaints.filter((text) => !expected.test(text))).toEqual([])

  // Back to what is used, across the border.
  reader.exec('vacuum; pragma wal_checkpoint(truncate)')
  expect(files.main.size()).toBeLessThan(100 * PAGE_SIZE)
  expect(reader.selectValue('pragma integrity_check')).toBe('ok')
  expect(reader.selectValue('select count(*) from item')).toBe(2000)
  reader.close()
  vfs.unmount(path)
})

test('the size of a log past 4 GiB is told in full', () => {
  const files = memoryFiles()
  const path = mount(files)
  files.wal.truncate(5 * GIB)
  expect(vfs.logSize(path)).toBe(5 * GIB)
})
