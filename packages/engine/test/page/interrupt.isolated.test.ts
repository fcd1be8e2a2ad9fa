import { createDatabase } from '@datasync/engine'
import { expect, test } from 'vitest'

/** Runs until it is stopped, all in one step: there is no row after which others could have their turn. */
const ENDLESS = 'with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n'

test('on an isolated page an abort ends the running statement at once, and the worker lives on', async () => {
  expect(crossOriginIsolated).toBe(true)
  await using database = createDatabase('interrupted', { storage: 'memory' })
  await database.exec('create table kept (a); insert into kept values (1)')
  const controller = new AbortController()

  const endless = database.query(ENDLESS, [], { signal: controller.signal })
  const behind = database.get('select a from kept')
  // A frame later the worker has long begun, and hears nothing but the flag.
  await new Promise(requestAnimationFrame)
  await new Promise(requestAnimationFrame)
  controller.abort('enough')

  await expect(endless).rejects.toMatchObject({ code: 'aborted', cause: 'enough' })
  // Memory does not outlive its worker: the rows are there because the worker is the same.
  expect(await behind).toEqual({ a: 1 })
  expect(await database.get('select a from kept')).toEqual({ a: 1 })
})
