import { createDatabase, type Database, type DatabaseOptions } from '@datasync/engine'
import { expect, onTestFinished, test } from 'vitest'

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
    await expectElsewhere(open(name, { storage: 'indexeddb' }))

    const moved = open(name, { storage: 'opfs' })
    await moved.moveTo('indexeddb')
    expect(await moved.query('select text from item')).toEqual([{ text: 'kept' }])
    await moved.close()
    await expectElsewhere(open(name, { storage: 'opfs' }))
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
}

async function expectElsewhere(database: Database): Promise<void> {
  await expect(database.ready).rejects.toMatchObject({ code: 'stored-elsewhere' })
  await database.close()
}
