import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import type { DoctorReport } from '../../src/index.ts'
import { codes, examine, useBrowser } from './doctor-stage.ts'

const MIB = 2 ** 20

const openPage = useBrowser()

/** Has the browser allow the site of a page so many bytes. */
async function allow(page: Page, quotaSize: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const { origin } = new URL(page.url())
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize })
}

async function fill(page: Page, bytes: number): Promise<DoctorReport> {
  return page.evaluate(async (size) => {
    const db = globalThis.createDatabase('shop')
    await db.exec('create table photo (image)')
    await db.run('insert into photo values (randomblob(?))', [size])
    return db.doctor()
  }, bytes)
}

/** Gives the log back. A reader that is at work keeps it a moment longer, which SQLite says. */
async function truncateLog(page: Page): Promise<void> {
  const truncate = (): Promise<unknown> =>
    page.evaluate(() => globalThis.createDatabase('shop').query('pragma wal_checkpoint(truncate)'))
  await expect.poll(truncate, { timeout: 20_000 }).toEqual([{ busy: 0, log: 0, checkpointed: 0 }])
}

/** The files of a database grow and shrink by themselves. */
function inMiB({ facts: { usage = 0 } }: DoctorReport): string {
  return `${Math.round(usage / MIB)} MiB`
}

/** What is in the folder of the origin. */
async function filesOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const names: string[] = []
    for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name)
    return names
  })
}

test('a site that has used nearly all of its room is told so, and what it is told to do helps', async () => {
  const page = await openPage()
  await allow(page, 64 * MIB)
  const roomy = await fill(page, 16 * MIB)
  expect(codes(roomy)).toEqual(['not-persisted'])
  // The log would be given back at any moment from here on.
  await truncateLog(page)
  const { usage = 0 } = (await examine(page)).report.facts
  expect(usage).toBeGreaterThan(16 * MIB)

  await allow(page, usage + 2 * MIB)
  const { report, error } = await examine(page)

  expect(error).toBeUndefined()
  expect(report.isHealthy).toBe(true)
  expect(report.findings[0]).toEqual({
    code: 'quota-nearly-full',
    severity: 'warning',
    sentence: `This site uses ${inMiB(report)}, and the browser refuses it 8 MiB more.`,
    remedy: expect.stringContaining('`vacuum` and `pragma wal_checkpoint(truncate)`'),
    docs: 'docs/guide/troubleshooting.md#quota-nearly-full',
  })
  await page.evaluate(async () => {
    const db = globalThis.createDatabase('shop')
    await db.exec('delete from photo')
    await db.exec('vacuum')
  })
  await truncateLog(page)
  expect(codes((await examine(page)).report)).toEqual(['not-persisted'])
  expect(await filesOf(page)).not.toContainEqual(expect.stringContaining('doctor'))
})
