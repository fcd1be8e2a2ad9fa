import { describe, expect, test } from 'vitest'
import type { Database, RunResult } from '../../../src/index.ts'
import { runInTab } from '../browsers/call-tab.ts'
import type { Tab } from '../browsers/tab.ts'
import { inTime } from '../run/in-time.ts'
import { itemsIn, openThreeTabs, shopOptions, STORES } from './open-tabs.ts'

declare const codeOf: (promise: Promise<unknown>) => Promise<string>
declare let db: Database
declare let codes: Promise<readonly string[]>
declare let results: Promise<readonly RunResult[]>

const WRITES = 200

describe.each(STORES)('writes of a guest that are under way, in %s,', (storage) => {
  test.each(['close', 'crash', 'reload', 'leave'] as const)(
    'are applied once and answered as they went, when the tab of the host is gone by %s',
    { timeout: 120_000 },
    async (end) => {
      const { host, guest, other } = await openThreeTabs(shopOptions(storage))
      await beginWrites(guest)
      await host[end]()
      const told = await inTime(
        'the answers',
        runInTab(
          guest,
          async () =>
            (await results).map(({ changes, lastInsertRowid }) => [changes, Number(lastInsertRowid)]),
          undefined,
        ),
      )
      expect(told).toEqual(Array.from({ length: WRITES }, (_, index) => [1, index + 1]))
      const expected = Array.from({ length: WRITES }, (_, index) => `item ${index}`)
      expect(await itemsIn(guest)).toEqual(expected)
      expect(await itemsIn(other)).toEqual(expected)
    },
  )

  test(
    'are applied once and in order, if the engine moves to the tab that is brought to front',
    { timeout: 120_000 },
    async () => {
      const { guest, other } = await openThreeTabs(shopOptions(storage))
      await beginWrites(guest)
      await other.bringToFront()
      await inTime(
        'the answers',
        runInTab(guest, async () => void (await results), undefined),
      )
      expect(await itemsIn(other)).toEqual(Array.from({ length: WRITES }, (_, index) => `item ${index}`))
    },
  )

  test.each(['another', 'the same'] as const)(
    'are applied at most once, if the guest is left and come back to, and %s tab hosts then',
    { timeout: 120_000 },
    async (which) => {
      const { host, guest, other } = await openThreeTabs(shopOptions(storage))
      await writeOnLeaving(guest)
      await guest.leave()
      if (which === 'another') await host.close()
      await guest.goBack()
      // A page that was not kept has forgotten what it asked for.
      expect(await runInTab(guest, () => 'codes' in globalThis, undefined)).toBe(true)
      const told = await inTime(
        'the answers',
        runInTab(guest, () => codes, undefined),
      )
      const items = await itemsIn(other)
      expect(new Set(items).size).toBe(items.length)
      for (const [index, code] of told.entries()) {
        expect(code).toMatch(/^(none|worker-lost)$/)
        if (code === 'none') expect(items).toContain(`item ${index}`)
      }
    },
  )

  test(
    'are done or rejected with closed, if the guest closes the database while there is no host',
    { timeout: 120_000 },
    async () => {
      const { host, guest, other } = await openThreeTabs(shopOptions(storage))
      await beginWrites(guest)
      await host.close()
      const outcomes = await inTime(
        'the answers',
        runInTab(
          guest,
          async () => {
            const late = Array.from({ length: 20 }, () =>
              codeOf(db.run("insert into item (name) values ('late')")),
            )
            const early = codeOf(results)
            await db.close()
            return [...new Set(await Promise.all([early, ...late]))]
          },
          undefined,
        ),
      )
      for (const code of outcomes) expect(code).toMatch(/^(none|closed)$/)
      const items = await itemsIn(other)
      expect(new Set(items.filter((item) => item !== 'late')).size).toBe(
        items.filter((item) => item !== 'late').length,
      )
    },
  )

  test(
    'of every kind are applied once, when the tab of the host is closed',
    { timeout: 120_000 },
    async () => {
      const { host, guest, other } = await openThreeTabs(shopOptions(storage))
      await runInTab(
        guest,
        () => {
          const insert = (name: string): string => `insert into item (name) values ('${name}')`
          const kinds = {
            run: db.run(insert('run')),
            execute: db.execute(`${insert('execute')} returning name`),
            query: db.query(`${insert('query')} returning name`),
            get: db.get(`${insert('get')} returning name`),
            script: db.exec(`${insert('script 1')}; ${insert('script 2')}`),
            batch: db.batch([insert('batch 1'), insert('batch 2')]),
            prepared: db.prepare('insert into item (name) values (?)').run(['prepared']),
          }
          Object.assign(globalThis, { results: Promise.all(Object.values(kinds)) })
        },
        undefined,
      )
      await host.close()
      await inTime(
        'the answers',
        runInTab(guest, async () => void (await results), undefined),
      )
      expect(await itemsIn(other)).toEqual([
        'run',
        'execute',
        'query',
        'get',
        'script 1',
        'script 2',
        'batch 1',
        'batch 2',
        'prepared',
      ])
    },
  )
})

/** Begins all at the last moment at which they are still sent, so that the answers meet nobody. */
async function writeOnLeaving(tab: Tab): Promise<void> {
  await runInTab(
    tab,
    (count) => {
      addEventListener('beforeunload', () => {
        const writes = Array.from({ length: count }, (_, index) =>
          codeOf(db.run('insert into item (name) values (?)', [`item ${index}`])),
        )
        Object.assign(globalThis, { codes: Promise.all(writes) })
      })
    },
    WRITES,
  )
}

/** Begins all at once, and waits until the first of them was answered. */
async function beginWrites(tab: Tab): Promise<void> {
  await runInTab(
    tab,
    async (count) => {
      const writes = Array.from({ length: count }, (_, index) =>
        db.run('insert into item (name) values (?)', [`item ${index}`]),
      )
      Object.assign(globalThis, { results: Promise.all(writes) })
      await writes[0]
    },
    WRITES,
  )
}
