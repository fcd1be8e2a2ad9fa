import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createWithWorkers } from '../page/in-process-worker.ts'
import type { EngineClient } from '../support/engine-client.ts'
import { makeShop } from './shop.ts'
import {
  closeStored,
  connectStored,
  damageBlocks,
  openStored,
  storeOf,
  useFakeIndexedDb,
} from './stored-database.ts'

beforeEach(useFakeIndexedDb)

const VERIFY = { type: 'verify', payload: { full: true } } as const
const SALVAGE = { type: 'salvage', payload: null } as const

/** Asks for work, and for its end in the same message. */
function askAndAbort(
  client: EngineClient,
  call: typeof VERIFY | typeof SALVAGE,
): readonly Promise<unknown>[] {
  return client.send(call, { type: 'abort', payload: { request: client.lastRequest + 1 } })
}

describe.each([VERIFY, SALVAGE])('an abort that comes together with what it is to end: $type', (call) => {
  test('ends it, of a database that is open', async () => {
    const { name } = await makeShop(100)
    const client = await openStored(name)
    onTestFinished(() => closeStored(client))
    const [work, abort] = askAndAbort(client, call)
    await expect(work).rejects.toMatchObject({ code: 'aborted' })
    expect(await abort).toBeNull()
    expect(await client.request('salvage', null)).toMatchObject({ isComplete: true })
    await client.request('salvageEnd', null)
  })

  test('ends it, of one that cannot be opened, and lets go of the files', async () => {
    const { name } = await makeShop(100)
    await damageBlocks(name, [0])
    const { client, opened } = connectStored(name)
    await expect(opened).rejects.toMatchObject({ code: 'corrupt' })
    const [work] = askAndAbort(client, call)
    await expect(work).rejects.toMatchObject({ code: 'aborted' })
    expect(await client.request('verify', { full: true })).toMatchObject({ badBlocks: [{ block: 0 }] })
    await client.request('close', null)
  })
})

test.each(['verify', 'salvage'] as const)(
  'a signal that is aborted while the page finds out that the database cannot be opened ends %s',
  async (method) => {
    const { name } = await makeShop(100)
    await damageBlocks(name, [0])
    const { db } = createWithWorkers(
      { name, storage: 'indexeddb' },
      { chooseStore: async () => ({ store: storeOf(name), reason: 'A test gave it.' }) },
    )
    const controller = new AbortController()
    const { signal } = controller
    const work = method === 'verify' ? db.verify({ full: true }, { signal }) : db.salvage({ signal })
    controller.abort('enough')
    await expect(work).rejects.toMatchObject({ code: 'aborted', cause: 'enough' })
    expect(await db.verify({ full: true })).toMatchObject({ badBlocks: [{ block: 0 }] })
  },
)
