import { describe, expect, test } from 'vitest'
import type { Database, ExplicitTransaction } from '../../../src/index.ts'
import { runInTab } from '../browsers/call-tab.ts'
import type { Tab } from '../browsers/tab.ts'
import { inTime } from '../run/in-time.ts'
import { addItem, itemsIn, openThreeTabs, shopOptions, STORES } from './open-tabs.ts'

declare const codeOf: (promise: Promise<unknown>) => Promise<string>
declare let db: Database
declare let tx: ExplicitTransaction
declare let transaction: Promise<unknown>
declare let runs: number
declare let goOn: () => void
declare let rows: AsyncIterableIterator<unknown>

/** How the tab of the host can go in the middle of what it does. */
const ENDS = ['close', 'crash'] as const

describe.each(STORES)('a transaction in %s', (storage) => {
  test.each(ENDS)(
    'of a guest is undone and rejected with host-changed, when the host is gone by %s',
    { timeout: 120_000 },
    async (end) => {
      const { host, guest, other } = await openThreeTabs(shopOptions(storage))
      await beginTransaction(guest, false)
      await host[end]()
      expect(await finishTransaction(guest)).toEqual(['host-changed', 1])
      await addItem(other, 'later')
      expect(await itemsIn(guest)).toEqual(['later'])
    },
  )

  test.each(ENDS)(
    'of a guest is run again where it may be, when the host is gone by %s',
    { timeout: 120_000 },
    async (end) => {
      const { host, guest, other } = await openThreeTabs(shopOptions(storage))
      await beginTransaction(guest, true)
      await host[end]()
      expect(await finishTransaction(guest)).toEqual(['none', 2])
      expect(await itemsIn(other)).toEqual(['first of run 2', 'second of run 2'])
    },
  )

  test(
    'that a guest ends itself is rejected with host-changed in all its calls, and so is a stream',
    { timeout: 120_000 },
    async () => {
      const { host, guest } = await openThreeTabs(shopOptions(storage))
      await runInTab(
        guest,
        async () => {
          await db.exec(
            'with recursive n (i) as (select 1 union all select i + 1 from n where i < 50000) insert into item (name) select i from n',
          )
          const stream = db.stream('select * from item')
          await stream.next()
          Object.assign(globalThis, { rows: stream, tx: await db.begin({ timeout: 60_000 }) })
          await tx.run('delete from item')
        },
        undefined,
      )
      await host.close()
      const codes = await inTime(
        'the rejections',
        runInTab(
          guest,
          async () => [
            await codeOf(tx.run("insert into item (name) values ('late')")),
            await codeOf(tx.commit()),
            await codeOf(
              (async () => {
                for await (const row of rows) void row
              })(),
            ),
          ],
          undefined,
        ),
      )
      expect(codes).toEqual(['host-changed', 'host-changed', 'host-changed'])
      expect(await itemsIn(guest)).toHaveLength(50_000)
    },
  )

  test.each(['close', 'crash', 'reload', 'leave'] as const)(
    'of a guest that is gone by %s is undone at once, and others write',
    { timeout: 120_000 },
    async (end) => {
      const { host, guest, other } = await openThreeTabs(shopOptions(storage))
      await runInTab(
        guest,
        async () => {
          Object.assign(globalThis, { tx: await db.begin({ timeout: 600_000 }) })
          await tx.run("insert into item (name) values ('never')")
        },
        undefined,
      )
      const writes = Promise.all([addItem(other, 'of another'), addItem(host, 'of the host')])
      await guest[end]()
      await writes
      expect((await itemsIn(other)).toSorted()).toEqual(['of another', 'of the host'])
    },
  )
})

/** Begins a transaction that waits after its first write; run once more, it does not wait. */
async function beginTransaction(tab: Tab, retry: boolean): Promise<void> {
  await runInTab(
    tab,
    (again) =>
      new Promise<void>((begun) => {
        Object.assign(globalThis, { runs: 0 })
        const promise = db.transaction(
          async (inner) => {
            const run = ++runs
            await inner.run('insert into item (name) values (?)', [`first of run ${run}`])
            if (run === 1) {
              const waiting = new Promise<void>((resolve) => Object.assign(globalThis, { goOn: resolve }))
              begun()
              await waiting
            }
            await inner.run('insert into item (name) values (?)', [`second of run ${run}`])
          },
          { retry: again, timeout: 60_000 },
        )
        Object.assign(globalThis, { transaction: promise })
        // It is looked at later.
        promise.catch(() => undefined)
      }),
    retry,
  )
}

/** What the transaction ends in, and how often it was run. */
function finishTransaction(tab: Tab): Promise<readonly [string, number]> {
  return inTime(
    'the end of the transaction',
    runInTab(
      tab,
      async (): Promise<readonly [string, number]> => {
        goOn()
        return [await codeOf(transaction), runs]
      },
      undefined,
    ),
  )
}
