import { createDatabase, type DatabaseOptions } from '@datasync/engine'
import { expect, test } from 'vitest'

const BLOCK_SIZE = 4096
const RECORD_HEADER = 40 + 8 * 48

/** Changes a byte of a block, in the origin private file system. */
async function damageFile(name: string, block: number): Promise<void> {
  const root = await navigator.storage.getDirectory()
  const folder = await (await root.getDirectoryHandle('datasync')).getDirectoryHandle(name)
  const handle = await folder.getFileHandle('database.sqlite3')
  const position = block * BLOCK_SIZE + 2000
  const before = new Uint8Array(await (await handle.getFile()).slice(position, position + 1).arrayBuffer())
  const writable = await handle.createWritable({ keepExistingData: true })
  await writable.write({ type: 'write', position, data: new Uint8Array([(before[0] ?? 0) ^ 0x55]) })
  await writable.close()
}

/** The same in IndexedDB. */
async function damageRecord(name: string, block: number): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(`datasync:${name}`)
    opening.addEventListener('success', () => resolve(opening.result))
    opening.addEventListener('error', () => reject(opening.error ?? new Error('not opened')))
  })
  await new Promise<void>((resolve, reject) => {
    const transaction = database.transaction('extents', 'readwrite')
    const extents = transaction.objectStore('extents')
    const reading = extents.get(Math.floor(block / 8))
    reading.addEventListener('success', () => {
      const record = reading.result as Uint8Array
      const at = RECORD_HEADER + (block % 8) * BLOCK_SIZE + 2000
      record[at] = (record[at] ?? 0) ^ 0x55
      extents.put(record, Math.floor(block / 8))
    })
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('aborted')))
  })
  database.close()
}

test.each([
  ['indexeddb', damageRecord],
  ['opfs', damageFile],
] as const)(
  'damage in %s is named, repaired where that costs nothing, and salvaged around',
  async (storage, damageBlock) => {
    const name = `damage_${crypto.randomUUID().replaceAll('-', '')}`
    const options: DatabaseOptions = {
      storage,
      blocks: { perExtent: 8 },
      checkAtOpen: 'full',
      migrations: ['create table item (id integer primary key, text); create index by_text on item (text)'],
    }
    const first = createDatabase(name, options)
    await first.run(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000)
    insert into item (text) select hex(randomblob(50)) from n`)
    const leaves = await first.query<{ name: string; page: number }>(
      "select name, max(pageno) as page from dbstat where pagetype = 'leaf' and name in ('item', 'by_text') group by name",
    )
    await first.close()
    const page = (of: string): number => leaves.find((leaf) => leaf.name === of)?.page ?? 0

    await damageBlock(name, page('by_text') - 1)
    const second = createDatabase(name, options)
    await second.ready
    await expect
      .poll(() => second.status.getSnapshot().storage?.damage?.badBlocks)
      .toMatchObject([{ page: page('by_text'), owner: { kind: 'index', name: 'by_text' } }])
    expect(await second.repair()).toMatchObject({ rebuiltIndexes: ['by_text'], ok: true })
    await expect.poll(() => second.status.getSnapshot().storage?.damage).toBeUndefined()
    await second.close()

    await damageBlock(name, page('item') - 1)
    const third = createDatabase(name, options)
    await expect(third.query('select sum(length(text)) from item not indexed')).rejects.toMatchObject({
      code: 'corrupt',
      detail: { block: page('item') - 1, page: page('item'), table: 'item' },
    })
    expect(await third.repair()).toMatchObject({ ok: false })
    const { file, report } = await third.salvage()
    const [item] = report.tables.filter(({ name: table }) => table === 'item')
    expect(item?.rows).toBeGreaterThan(1900)
    expect(item?.lostRanges).toHaveLength(1)
    await third.import(file)
    expect(await third.verify({ full: true })).toMatchObject({ ok: true })
    expect(await third.get('select count(*) as n from item')).toEqual({ n: item?.rows })
    await third.close()

    await damageBlock(name, 0)
    const fourth = createDatabase(name, options)
    await expect(fourth.get('select 1')).rejects.toMatchObject({ code: 'corrupt' })
    expect((await fourth.verify({ full: true })).badBlocks).toMatchObject([{ block: 0, page: 1 }])
    await expect(fourth.salvage()).rejects.toMatchObject({ code: 'corrupt' })
    await fourth.delete()
  },
)
