import type { Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import type { Database, DatabaseOptions } from '../../src/index.ts'
import { BRIDGES, bridgeOptions } from './indexeddb-bridges.ts'
import { openEnginePage } from '../profile/open-engine-page.ts'

declare const createDatabase: (name: string, options: DatabaseOptions) => Database

const MIB = 2 ** 20
/** More rows of 200 kB than there is ever room for. */
const MOST_ROWS = 400

/** Lets the page use so many bytes more than it does. */
async function setRoom(page: Page, bytes: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const origin = new URL(page.url()).origin
  const { usage } = await session.send('Storage.getUsageAndQuota', { origin })
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + bytes })
}

describe.each(BRIDGES)('out of room, on the bridge %s,', (bridge) => {
  test.each(['strict', 'relaxed'] as const)(
    'a write is refused, what was acknowledged stays, and once there is room all goes on, %s',
    { timeout: 120_000 },
    async (durability) => {
      // A browser of its own: another may remember from before that there was more room.
      const { page } = await openEnginePage()
      const options = { ...bridgeOptions(bridge), durability }
      await setRoom(page, 6 * MIB)
      // Stored by being closed, with its table.
      await page.evaluate(look, [options, durability] as const)
      const full = await page.evaluate(fill, [options, durability, MOST_ROWS] as const)
      expect(full.failure).toBe('quota-exceeded')
      expect(full.acknowledged.length).toBeGreaterThan(3)
      expect(full.found).toEqual(full.acknowledged.slice(0, full.found.length))
      if (durability === 'strict') expect(full.found).toEqual(full.acknowledged)
      expect(full.integrity).toBe('ok')

      await setRoom(page, 30 * MIB)
      const reopened = await page.evaluate(look, [options, durability] as const)
      expect(reopened.integrity).toBe('ok')
      // Under `relaxed`, the last moments may be missing; what is there has no hole.
      const lasting =
        durability === 'strict' ? full.acknowledged : full.acknowledged.slice(0, reopened.found.length)
      expect(reopened.found).toEqual(lasting)

      const left = [...lasting.filter((id) => id % 2 === 1), MOST_ROWS]
      expect(await page.evaluate(goOn, [options, durability, MOST_ROWS] as const)).toEqual(left)
      const last = await page.evaluate(look, [options, durability] as const)
      expect(last).toEqual({ found: left, integrity: 'ok' })
    },
  )
})

async function fill([options, name, most]: readonly [DatabaseOptions, string, number]): Promise<{
  readonly failure: string
  readonly acknowledged: readonly number[]
  readonly found: readonly number[]
  readonly integrity: unknown
}> {
  const db = createDatabase(name, options)
  const acknowledged: number[] = []
  let failure = 'none'
  for (let id = 1; id < most && failure === 'none'; id++) {
    try {
      // Random, since the browser compresses what it stores.
      await db.run('insert into item values (?, randomblob(200000))', [id])
      acknowledged.push(id)
    } catch (error) {
      failure = (error as { code: string }).code
    }
  }
  const rows = await db.query<{ id: number }>('select id from item order by id')
  const check = await db.get<{ integrity_check: string }>('pragma integrity_check')
  await db.close()
  return { failure, acknowledged, found: rows.map(({ id }) => id), integrity: check?.integrity_check }
}

async function look([options, name]: readonly [DatabaseOptions, string]): Promise<{
  readonly found: readonly number[]
  readonly integrity: unknown
}> {
  const db = createDatabase(name, options)
  const rows = await db.query<{ id: number }>('select id from item order by id')
  const check = await db.get<{ integrity_check: string }>('pragma integrity_check')
  await db.close()
  return { found: rows.map(({ id }) => id), integrity: check?.integrity_check }
}

async function goOn([options, name, last]: readonly [DatabaseOptions, string, number]): Promise<
  readonly number[]
> {
  const db = createDatabase(name, options)
  await db.run('delete from item where id % 2 = 0')
  await db.exec('vacuum')
  await db.run('insert into item values (?, randomblob(200000))', [last])
  const rows = await db.query<{ id: number }>('select id from item order by id')
  await db.close()
  return rows.map(({ id }) => id)
}
