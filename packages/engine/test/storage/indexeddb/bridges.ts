import { createDatabase, type DatabaseOptions } from '@datasync/engine'
import { describe, expect, onTestFinished, test } from 'vitest'

/** What holds of every bridge to IndexedDB, in whatever browser has it. */
export function testBridge(bridge: 'sab' | 'jspi' | 'mirror'): void {
  const options: DatabaseOptions = {
    storage: 'indexeddb',
    bridge,
    migrations: ['create table item (id integer primary key, text)'],
  }
  const open = (name: string): ReturnType<typeof createDatabase> => {
    const database = createDatabase(name, options)
    onTestFinished(async () => {
      await database.close()
      await createDatabase(name, options).delete()
    })
    return database
  }

  describe(`the bridge ${bridge}`, () => {
    test('keeps what was acknowledged, and says what it is', async () => {
      const name = `bridge-${crypto.randomUUID()}`
      const first = open(name)
      await first.run("insert into item (text) values ('a')")
      await first.batch(
        Array.from({ length: 500 }, (_, index) => ({
          sql: 'insert into item (text) values (?)',
          parameters: [`${index}`.repeat(300)],
        })),
      )
      expect(first.status.getSnapshot().storage).toMatchObject({
        backend: 'indexeddb',
        bridge,
        durable: true,
      })
      await first.close()

      const second = open(name)
      expect(await second.get('select count(*) as n, sum(length(text)) as bytes from item')).toEqual({
        n: 501,
        bytes: 1 + 300 * (10 + 90 * 2 + 400 * 3),
      })
      expect(await second.get('pragma integrity_check')).toEqual({ integrity_check: 'ok' })
      await second.run('delete from item where id > 100')
      await second.exec('vacuum')
      await second.close()

      const third = open(name)
      expect(await third.get('select count(*) as n from item')).toEqual({ n: 100 })
      expect(await third.get('pragma integrity_check')).toEqual({ integrity_check: 'ok' })
    })

    test('takes a commit that is too large for one transaction', async () => {
      const name = `bridge-${crypto.randomUUID()}`
      const first = open(name)
      const fill =
        'with recursive n(i) as (select 1 union all select i + 1 from n where i < 6000) insert into item (text) select hex(randomblob(1500)) from n'
      await first.run(fill)
      const before = await first.get('select count(*) as n, sum(unicode(text)) as sum from item')
      await first.close()
      const second = open(name)
      expect(await second.get('select count(*) as n, sum(unicode(text)) as sum from item')).toEqual(before)
      expect(await second.get('pragma integrity_check')).toEqual({ integrity_check: 'ok' })
    })
  })
}
