import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { chooseStore } from '../../../src/worker/storage/choose-store.ts'
import { EngineClient } from '../../support/engine-client.ts'
import { OPEN_DEFAULTS } from '../../support/open-defaults.ts'
import { storeUnderTest } from '../../support/store-under-test.ts'

vi.stubGlobal('IDBKeyRange', IDBKeyRange)
beforeEach(() => void vi.stubGlobal('indexedDB', new IDBFactory()))
storeUnderTest.choose = chooseStore

async function open(bridge: 'jspi' | 'mirror'): Promise<EngineClient> {
  const client = new EngineClient()
  const blocks = { ...OPEN_DEFAULTS.blocks, bridge }
  await client.request('open', { ...OPEN_DEFAULTS, storage: 'indexeddb', blocks })
  return client
}

describe.each(['jspi', 'mirror'] as const)('through the bridge %s', (bridge) => {
  test('a commit may change more than any cache holds', async () => {
    const first = await open(bridge)
    await first.exec(`
      create table page (id integer primary key, content text);
      insert into page with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000)
        select i, printf('%01000d', i) from n`)
    await first.request('close', null)

    const second = await open(bridge)
    await second.run("update page set content = 'x' || content")
    await second.run('delete from page where id % 2 = 0')
    await second.request('close', null)

    const third = await open(bridge)
    expect(await third.query('select count(*) as n, sum(length(content)) as length from page')).toEqual([
      { n: 5000, length: 5000 * 1001 },
    ])
    expect(await third.value('pragma integrity_check')).toBe('ok')
    await third.request('close', null)
  })
})
