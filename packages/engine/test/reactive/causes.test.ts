import { expect, test } from 'vitest'
import { openClient } from '../support/engine-client.ts'

test('a run is told what its query reads of what the commit changed, and nothing else', async () => {
  const client = await openClient()
  await client.exec(`
    create table city (id integer primary key, name text, note text);
    create table progress (done integer);
    insert into city values (1, 'Oslo', null);
    insert into progress values (0);`)
  const names = await client.observe('select name from city order by id')
  const done = await client.observe('select done from progress')

  await client.exec(`
    begin;
    update city set name = 'Bergen', note = 'rain';
    update progress set done = 1;
    commit;`)

  expect(names.runs.at(-1)?.cause).toEqual({
    kind: 'changed',
    tables: [{ schema: 'main', table: 'city', columns: ['name'] }],
  })
  expect(done.runs.at(-1)?.cause).toEqual({
    kind: 'changed',
    tables: [{ schema: 'main', table: 'progress', columns: ['done'] }],
  })
})
