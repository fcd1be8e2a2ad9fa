import { appendFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { expect, onTestFinished, test } from 'vitest'
import type { Database, DatabaseOptions } from '../../src/index.ts'
import { serveEngine } from '../profile/serve-engine.ts'
import { startBrowser, type StartedBrowser } from '../profile/start-browser.ts'
import { temporaryProfile } from '../profile/temporary-profile.ts'

declare const createDatabase: (name: string, options: DatabaseOptions) => Database

/** LevelDB's header of a log record of one byte: its sum, its length and its type, but not the byte. */
const BARE_HEADER = new Uint8Array([1, 2, 3, 4, 1, 0, 1])

/** Does what a browser does that is killed while it writes to the log of its database. */
async function tearLog(profile: string, port: number): Promise<void> {
  const folder = join(profile, 'Default/IndexedDB', `http_localhost_${port}.indexeddb.leveldb`)
  const names = (await readdir(folder)).filter((name) => name.endsWith('.log'))
  const logs = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  )
  const newest = logs.toSorted((a, b) => b.at - a.at)[0]
  if (newest === undefined) throw new Error('The browser has no log of IndexedDB.')
  await appendFile(join(folder, newest.name), BARE_HEADER)
}

function addRow(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const db = createDatabase('shop', { storage: 'indexeddb' })
    await db.exec('create table if not exists item (text)')
    await db.run("insert into item values ('kept')")
    const row = await db.get<{ n: number }>('select count(*) as n from item')
    await db.close()
    return row?.n ?? 0
  })
}

/** What becomes of a database that is asked for its rows. */
function countRows(page: Page): Promise<number | string> {
  return page.evaluate(async () => {
    const db = createDatabase('shop', { storage: 'indexeddb' })
    try {
      return (await db.get<{ n: number }>('select count(*) as n from item'))?.n ?? 0
    } catch (error) {
      return (error as { code: string }).code
    } finally {
      await db.close()
    }
  })
}

/** Where a database is put that is new, and may be put anywhere. */
function backendOfNew(page: Page): Promise<string | undefined> {
  return page.evaluate(async () => {
    const db = createDatabase('other', {})
    await db.ready
    const { storage } = db.status.getSnapshot()
    await db.close()
    return storage?.backend
  })
}

async function start(profile: string): Promise<StartedBrowser> {
  const browser = await startBrowser(profile)
  onTestFinished(() => browser.kill())
  return browser
}

test(
  'a browser that loses all databases of IndexedDB is found out, and the database can be made anew',
  { timeout: 120_000 },
  async () => {
    const profile = await temporaryProfile()
    const site = await serveEngine()
    onTestFinished(() => site.close())

    const first = await start(profile)
    expect(await addRow(await first.openPage(site.url))).toBe(1)
    await first.close()
    await tearLog(profile, site.port)

    const second = await start(profile)
    expect(await addRow(await second.openPage(site.url))).toBe(2)
    await second.close()

    const third = await start(profile)
    const page = await third.openPage(site.url)
    expect(await backendOfNew(page)).toBe('opfs')
    expect(await countRows(page)).toBe('database-lost')
    // Once more: the attempt has not left an empty one behind.
    expect(await countRows(page)).toBe('database-lost')
    const restored = await page.evaluate(async () => {
      const source = createDatabase('source', { storage: 'memory' })
      await source.exec("create table item (text); insert into item values ('restored')")
      const bytes = await source.export()
      await createDatabase('shop', { storage: 'indexeddb' }).delete()
      const db = createDatabase('shop', { storage: 'indexeddb' })
      await db.import(bytes)
      const rows = await db.query('select text from item')
      await db.close()
      return rows
    })
    expect(restored).toEqual([{ text: 'restored' }])
    expect(await countRows(page)).toBe(1)
    await third.close()
  },
)
