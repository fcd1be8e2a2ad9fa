import type { Page } from 'playwright'
import { expect } from 'vitest'
import type { Database, DatabaseOptions } from '../../src/index.ts'

declare const createDatabase: (name: string, options: DatabaseOptions) => Database

const KEYS = 40
/** Writes of the page that are under way at once. */
const IN_FLIGHT = 4

/** What is found in the database, and what went wrong if it could not be read. */
export interface Found {
  readonly step: number
  readonly keys: readonly number[]
  readonly integrity: unknown
}

/** Has the page write step after step, each a row and the number of the step in one transaction. */
export async function writeOn(page: Page, options: DatabaseOptions, from: number): Promise<void> {
  await page.evaluate(
    ([shop, first, keys, writers]) => {
      const db = createDatabase('shop', shop)
      let step = first
      const write = async (): Promise<void> => {
        for (;;) {
          const next = ++step
          const text = 'x'.repeat((next * 7919) % 9000)
          await db.batch([
            { sql: 'insert or replace into entry values (?, ?, ?)', parameters: [next % keys, next, text] },
            { sql: 'update progress set step = ?', parameters: [next] },
          ])
          console.log(next)
        }
      }
      for (let writer = 0; writer < writers; writer++) void write()
    },
    [options, from, KEYS, IN_FLIGHT] as const,
  )
}

export async function readFound(page: Page, options: DatabaseOptions): Promise<Found | string> {
  return page.evaluate(async (shop) => {
    const db = createDatabase('shop', shop)
    try {
      await db.ready
    } catch (error) {
      await db.close()
      return (error as { code: string }).code
    }
    await db.exec(`create table if not exists entry (key integer primary key, step integer, text);
        create table if not exists progress (step integer);
        insert into progress select 0 where not exists (select 1 from progress)`)
    const progress = await db.get<{ step: number }>('select step from progress')
    const rows = await db.query<{ step: number }>(
      'select step from entry where length(text) = step * 7919 % 9000 order by step',
    )
    const check = await db.get<{ integrity_check: string }>('pragma integrity_check')
    await db.close()
    return {
      step: progress?.step ?? 0,
      keys: rows.map(({ step }) => step),
      integrity: check?.integrity_check,
    }
  }, options)
}

/** Waits until so many steps were acknowledged; from then on, the newest of them is told. */
export async function acknowledged(page: Page, until: number): Promise<{ readonly newest: () => number }> {
  let newest = 0
  await new Promise<void>((resolve) => {
    page.on('console', (message) => {
      newest = Math.max(newest, Number(message.text()))
      if (newest >= until) resolve()
    })
  })
  return { newest: () => newest }
}

export function expectWhole({ step, keys, integrity }: Found): void {
  expect(integrity).toBe('ok')
  const first = Math.max(1, step - KEYS + 1)
  expect(keys).toEqual(Array.from({ length: step - first + 1 }, (_, index) => first + index))
}

/** A number that differs from round to round. */
export function stepsBefore(round: number): number {
  return 5 + ((round * 13) % 31)
}
