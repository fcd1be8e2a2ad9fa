import { expect, test } from 'vitest'
import { openClient } from '../../support/engine-client.ts'

const MEGABYTE = 1_000_000

test('a result of more than 64 MB is run whole, as soon as it is that large', async () => {
  const client = await openClient()
  await client.exec(`
    create table photo (id integer primary key, name text, data blob);
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 65)
      insert into photo select i, 'photo ' || i, zeroblob(${MEGABYTE}) from n;`)
  const probe = await client.observe('select id, name, data from photo order by id')
  const explain = (): Promise<{ readonly wholeRuns: string | undefined; readonly keptBytes: number }> =>
    client.request('explain', { live: probe.live })
  expect(await explain()).toMatchObject({ wholeRuns: undefined })
  expect((await explain()).keptBytes).toBeGreaterThan(65 * MEGABYTE)

  await client.exec("update photo set name = 'first' where id = 1")
  expect(probe.runs.at(-1)?.rowsRead).toBe(1)

  await client.exec(`insert into photo values (66, 'photo', zeroblob(${3 * MEGABYTE}))`)
  expect((await explain()).wholeRuns).toContain('too large')
  await client.exec("update photo set name = 'second' where id = 2")
  expect(probe.runs.at(-1)?.rowsRead).toBe(66)
  expect(probe.rows.map(({ name }) => name).slice(0, 3)).toEqual(['first', 'second', 'photo 3'])
})
