import { createDatabase, type Database, type DatabaseOptions, type ErrorCode } from '@datasync/engine'
import { describe, expect, onTestFinished, test } from 'vitest'
import { databaseFolder } from '../../src/worker/storage/database-folder.ts'
import { databaseNameOf } from '../../src/worker/storage/indexeddb/schema.ts'
import { setOpfsMark } from '../../src/worker/storage/opfs-home.ts'

const SCHEMA = 'create table item (id integer primary key, text)'
const FILL =
  'with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000) insert into item (text) select hex(randomblob(800)) from n'

/** What holds of moving a database both ways, with whatever bridge IndexedDB is reached by. */
export function testMoving(bridge: 'sab' | 'jspi' | 'mirror'): void {
  const open = (name: string, options: DatabaseOptions = {}): Database => {
    const database = createDatabase(name, { migrations: [SCHEMA], bridge, ...options })
    onTestFinished(() => database.close())
    return database
  }
  const backendOf = (database: Database): string | undefined => database.status.getSnapshot().storage?.backend
  const digest = 'select count(*) as count, sum(unicode(text)) as sum, max(text) as text from item'

  test(`a database moves to IndexedDB by ${bridge} and back, live queries with it`, async () => {
    const name = `moving-${crypto.randomUUID()}`
    const first = open(name)
    await first.run(FILL)
    const content = await first.get(digest)
    const live = first.observe('select count(*) as n from item')
    onTestFinished(live.subscribe(() => undefined))

    await first.moveTo('indexeddb')
    expect(backendOf(first)).toBe('indexeddb')
    expect(await first.get(digest)).toEqual(content)
    await first.run("insert into item (text) values ('after')")
    expect(live.getSnapshot().data).toEqual([{ n: 3001 }])
    await first.close()

    const second = open(name)
    expect(await second.get('select text from item where id = 3001')).toEqual({ text: 'after' })
    expect(backendOf(second)).toBe('indexeddb')
    expect(await second.get('pragma integrity_check')).toEqual({ integrity_check: 'ok' })
    await second.moveTo('opfs')
    expect(backendOf(second)).toBe('opfs')
    await second.run('delete from item where id = 3001')
    expect(await second.get(digest)).toEqual(content)
    await second.close()

    const third = open(name)
    expect(await third.get(digest)).toEqual(content)
    expect(backendOf(third)).toBe('opfs')
    // What was in IndexedDB is removed by the session after the one that moved it.
    await expect
      .poll(async () => (await indexedDB.databases()).some((entry) => entry.name?.includes(name)))
      .toBe(false)
    await third.delete()
  })

  test(`a database that is elsewhere is not begun anew in what was asked for by name (${bridge})`, async () => {
    const name = `moving-${crypto.randomUUID()}`
    const opfs = open(name, { storage: 'opfs' })
    await opfs.run("insert into item (text) values ('kept')")
    await opfs.close()
    await expectRefused(open(name, { storage: 'indexeddb' }), 'stored-elsewhere')

    const moved = open(name, { storage: 'opfs' })
    await moved.moveTo('indexeddb')
    expect(await moved.query('select text from item')).toEqual([{ text: 'kept' }])
    await moved.close()
    await expectRefused(open(name, { storage: 'opfs' }), 'stored-elsewhere')
    const found = open(name)
    expect(await found.query('select text from item')).toEqual([{ text: 'kept' }])
    await found.delete()
  })

  test(`a move that was interrupted leaves the database where it was (${bridge})`, async () => {
    const name = `moving-${crypto.randomUUID()}`
    const stored = open(name, { storage: 'indexeddb' })
    await stored.run(FILL)
    const content = await stored.get(digest)
    // The page is gone before the copy can be whole.
    const moving = stored.moveTo('opfs')
    await stored.get('select 1')
    await Promise.allSettled([moving, stored.close()])
    const again = open(name)
    expect(await again.get(digest)).toEqual(content)
    await again.delete()
  })

  describe.each(['opfs', 'indexeddb'] as const)(`a database that was moved to %s (${bridge})`, (target) => {
    const source = target === 'opfs' ? 'indexeddb' : 'opfs'

    test.each(['auto', 'opfs', 'indexeddb'] as const)(
      'and deleted does not come back, opened with %s',
      async (storage) => {
        const name = `moving-${crypto.randomUUID()}`
        const moved = open(name, { storage: source })
        await moved.run("insert into item (text) values ('old')")
        await moved.moveTo(target)
        await moved.delete()
        const again = open(name, { storage })
        expect(await again.query('select text from item')).toEqual([])
        await again.run("insert into item (text) values ('new')")
        await again.close()
        const later = open(name)
        expect(await later.query('select text from item')).toEqual([{ text: 'new' }])
        await later.delete()
      },
    )

    test('is not begun anew where it was by being attached there', async () => {
      const [name, other] = [`moving-${crypto.randomUUID()}`, `moving-${crypto.randomUUID()}`]
      const moved = open(other, { storage: source })
      await moved.run("insert into item (text) values ('moved')")
      await moved.moveTo(target)
      await moved.close()
      const there = open(name, { storage: source })
      await expect(there.attach(other, { as: 'other' })).rejects.toMatchObject({ code: 'stored-elsewhere' })
      await there.run("insert into item (text) values ('main')")
      await there.delete()
      const found = open(other)
      expect(await found.query('select text from item')).toEqual([{ text: 'moved' }])
      await found.delete()
    })
  })

  test.each(['opfs', 'indexeddb'] as const)(
    `a database that has always been in %s is not begun anew elsewhere by being attached there (${bridge})`,
    async (home) => {
      const [name, other] = [`moving-${crypto.randomUUID()}`, `moving-${crypto.randomUUID()}`]
      const stored = open(other, { storage: home })
      await stored.run("insert into item (text) values ('kept')")
      await stored.close()
      const elsewhere = open(name, { storage: home === 'opfs' ? 'indexeddb' : 'opfs' })
      await expect(elsewhere.attach(other)).rejects.toMatchObject({ code: 'stored-elsewhere' })
      await elsewhere.delete()
      const found = open(other)
      expect(await found.query('select text from item')).toEqual([{ text: 'kept' }])
      await found.delete()
    },
  )

  test(`a database that the browser drops after it has moved is missed, and its old files are not shown (${bridge})`, async () => {
    const name = `moving-${crypto.randomUUID()}`
    const moved = open(name, { storage: 'opfs' })
    await moved.run("insert into item (text) values ('old')")
    await moved.moveTo('indexeddb')
    await moved.close()
    localStorage.removeItem(`datasync:${name}`)
    await dropIndexedDb(name)
    await expectRefused(open(name, { storage: 'opfs' }), 'stored-elsewhere')
    const lost = open(name)
    await expect(lost.ready).rejects.toMatchObject({ code: 'database-lost' })
    await lost.delete()
    const anew = open(name, { storage: 'opfs' })
    expect(await anew.query('select text from item')).toEqual([])
    await anew.delete()
  })
}

/** What holds of the files of a database that are not, or not any more, what is to be opened. */
export function testLeftovers(): void {
  const open = (name: string, options: DatabaseOptions = {}): Database => {
    const database = createDatabase(name, { migrations: [SCHEMA], ...options })
    onTestFinished(() => database.close())
    return database
  }

  test.each([
    ['copying', 'auto'],
    ['copying', 'opfs'],
    ['superseded', 'auto'],
    ['superseded', 'opfs'],
  ] as const)(
    'files that are marked as %s and in no other store make room for a new database (%s)',
    async (mark, storage) => {
      const name = `moving-${crypto.randomUUID()}`
      const old = open(name, { storage: 'opfs' })
      await old.run("insert into item (text) values ('old')")
      await old.close()
      await setOpfsMark(await databaseFolder(name), mark)
      const anew = open(name, { storage })
      expect(await anew.query('select text from item')).toEqual([])
      await anew.run("insert into item (text) values ('new')")
      await anew.close()
      const again = open(name)
      expect(await again.query('select text from item')).toEqual([{ text: 'new' }])
      await again.delete()
    },
  )
}

/** Does what a browser does that loses its databases. */
async function dropIndexedDb(name: string): Promise<void> {
  const request = indexedDB.deleteDatabase(databaseNameOf(await databaseFolder(name)))
  await new Promise((resolve) => request.addEventListener('success', resolve))
}

async function expectRefused(database: Database, code: ErrorCode): Promise<void> {
  await expect(database.ready).rejects.toMatchObject({ code })
  await database.close()
}
