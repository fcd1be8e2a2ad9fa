import { createDatabase, DataSyncError, type Database } from '@datasync/engine'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { openRawEngine } from './raw-engine.ts'
import { readStored, writeStored } from './stored-file.ts'

const PAGE = 4096
const MAIN = 'database.sqlite3'
const WAL = 'database.sqlite3-wal'

function uniqueName(): string {
  return `damage-${crypto.randomUUID()}`
}

function openStored(name: string): Database {
  return createDatabase(name, { storage: 'opfs' })
}

function deleteAfterwards(name: string): void {
  onTestFinished(async () => {
    await openStored(name).delete()
  })
}

const SCHEMA = 'create table item (id integer primary key, text); create index by_text on item (text)'
const COMMIT = `insert into item (text) with recursive n(i) as (select 1 union all select i + 1 from n where i < 20)
  select printf('%0*d', 10 + (i * 977) % 9000, random()) from n`
const COMMITS = 8

async function fill(db: Database): Promise<void> {
  await db.exec(SCHEMA)
  for (let commit = 0; commit < COMMITS; commit++) await db.run(COMMIT)
}

/** The same, by a worker that is killed as soon as the last commit is acknowledged. */
async function fillAndKill(name: string): Promise<void> {
  const engine = await openRawEngine(name, { storage: 'opfs' })
  for (const sql of [SCHEMA, ...Array.from({ length: COMMITS }, () => COMMIT)]) {
    await engine.call('script', { sql, transaction: undefined, timeout: undefined })
  }
  engine.kill()
}

async function readAll(db: Database): Promise<string> {
  const rows = await db.query('select * from item order by id')
  const indexed = await db.query('select text from item indexed by by_text order by text')
  return JSON.stringify([rows, indexed])
}

/** The content, or the code of the error that reading it ends in. */
async function outcome(name: string): Promise<{ readonly content: string } | { readonly code: string }> {
  const db = openStored(name)
  try {
    return { content: await readAll(db) }
  } catch (error) {
    if (error instanceof DataSyncError) return { code: error.code }
    throw error
  } finally {
    await db.close()
  }
}

const anyPlace = fc.nat(999_999).map((millionths) => millionths / 1_000_000)
const anyDamage = fc.record({
  kind: fc.constantFrom('flip', 'cut', 'zero', 'swap'),
  place: anyPlace,
  other: anyPlace,
})

type Bytes = Uint8Array<ArrayBuffer>

function damaged(
  bytes: Bytes,
  { kind, place, other }: { kind: string; place: number; other: number },
): Bytes {
  const copy = bytes.slice()
  const at = Math.floor(place * bytes.length)
  const [page, second] = [place, other].map((part) => Math.floor((part * bytes.length) / PAGE) * PAGE) as [
    number,
    number,
  ]
  if (kind === 'cut') return copy.slice(0, at)
  if (kind === 'flip') copy[at] = (copy[at] ?? 0) ^ 0x10
  else if (kind === 'zero') copy.fill(0, page, page + PAGE)
  else {
    copy.set(bytes.subarray(second, second + PAGE).subarray(0, bytes.length - page), page)
    copy.set(bytes.subarray(page, page + PAGE).subarray(0, bytes.length - second), second)
  }
  return copy
}

test.each([
  [MAIN, 'closed'],
  [WAL, 'killed'],
  [MAIN, 'killed'],
] as const)(
  'damage to %s of a database that was %s is an error, or is not missed',
  { timeout: 120_000 },
  async (file, end) => {
    const name = uniqueName()
    deleteAfterwards(name)
    if (end === 'killed') await fillAndKill(name)
    else {
      const db = openStored(name)
      await fill(db)
      await db.close()
    }
    const files = [MAIN, WAL, 'witness']
    await writeStored(name, WAL, await readStored(name, WAL))
    const before = await Promise.all(files.map((one) => readStored(name, one)))
    const bytes = before[files.indexOf(file)]
    if (bytes === undefined) throw new Error('there is no such file')
    const intact = await outcome(name)
    expect(JSON.parse('content' in intact ? intact.content : '[[]]')[0]).toHaveLength(COMMITS * 20)
    let refused = 0
    for (const damage of fc.sample(anyDamage, import.meta.env.MODE === 'long' ? 100 : 6)) {
      for (const [index, one] of files.entries())
        await writeStored(name, one, before[index] ?? new Uint8Array())
      await writeStored(name, file, damaged(bytes, damage))
      const found = await outcome(name)
      if ('content' in found) expect(found).toEqual(intact)
      else expect(['corrupt', 'not-a-database']).toContain(found.code)
      if ('code' in found) refused++
    }
    if (file === WAL || end === 'closed') expect(refused).toBeGreaterThan(0)
  },
)

test('pages have checksums on disk; those of an export are the ones of SQLite’s checksum VFS', async () => {
  const name = uniqueName()
  deleteAfterwards(name)
  const db = openStored(name)
  await fill(db)
  await db.run("update item set text = 'changed' where id % 7 = 0")
  const exported = new Uint8Array(await (await db.export()).arrayBuffer())
  await db.close()
  expect((await readStored(name, MAIN))[20]).toBe(8)
  expect(exported[20]).toBe(8)
  const words = new Uint32Array(exported.buffer)
  for (let page = 0; page < exported.length / PAGE; page++) {
    let [s1, s2] = [0, 0]
    for (let at = page * 1024; at < page * 1024 + 1022; at += 2) {
      s1 = (s1 + (words[at] ?? 0) + s2) % 2 ** 32
      s2 = (s2 + (words[at + 1] ?? 0) + s1) % 2 ** 32
    }
    expect([...words.subarray(page * 1024 + 1022, page * 1024 + 1024)], `page ${page + 1}`).toEqual([s1, s2])
  }
})

test('what is imported or attached has checksums too, and keeps its rowids', async () => {
  const [name, other] = [uniqueName(), uniqueName()]
  deleteAfterwards(name)
  deleteAfterwards(other)
  // A database in memory has no checksums, as that of another program.
  const source = createDatabase(uniqueName(), { storage: 'memory' })
  await source.exec(`create table note (text); insert into note values ('a'), ('b'), ('c'), (printf('%09000d', 1));
    delete from note where text in ('a', 'b'); pragma user_version = 7`)
  const file = await source.export()
  await source.close()
  expect(new Uint8Array(await file.arrayBuffer())[20]).toBe(0)

  const db = openStored(name)
  await fill(db)
  await db.import(file)
  const rows = [
    { rowid: 3, size: 1 },
    { rowid: 4, size: 9000 },
  ]
  expect(await db.query('select rowid, length(text) size from note')).toEqual(rows)
  expect(await db.query('pragma user_version')).toEqual([{ user_version: 7 }])
  await db.attach(other, { as: 'other' })
  await db.exec('create table other.copy as select * from note')
  await db.close()
  for (const one of [name, other]) {
    const bytes = await readStored(one, MAIN)
    expect([bytes[16], bytes[17], bytes[20]]).toEqual([0x10, 0, 8])
  }
  const again = openStored(name)
  expect(await again.query('select rowid, length(text) size from note')).toEqual(rows)
  expect(await again.query('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  await again.close()
})

test('what is read back after each write has checksums as well, is taken over from the log, and is watched', async () => {
  const name = uniqueName()
  deleteAfterwards(name)
  const open = (verifyAfterWrite: boolean): Database =>
    createDatabase(name, { storage: 'opfs', syncPolicy: { verifyAfterWrite } })
  for (const verifies of [true, false, true]) {
    const db = open(verifies)
    await db.exec('create table if not exists item (id integer primary key, text)')
    await db.run(COMMIT)
    await db.close()
    expect((await readStored(name, MAIN))[20]).toBe(8)
    expect(await readStored(name, WAL)).toHaveLength(0)
    expect((await readStored(name, 'witness')).length).toBeGreaterThan(0)
  }
  const bytes = await readStored(name, MAIN)
  expect(bytes.length).toBeGreaterThan(60 * 4500)
  await writeStored(name, MAIN, damaged(bytes, { kind: 'flip', place: 0.5, other: 0 }))
  const db = open(true)
  await expect(db.query('select * from item')).rejects.toMatchObject({ code: 'corrupt' })
  await db.close()
})
