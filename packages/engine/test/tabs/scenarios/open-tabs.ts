import type { Database, DatabaseOptions } from '../../../src/index.ts'
import { runInTab } from '../browsers/call-tab.ts'
import { startTabBrowser } from '../browsers/start-tab-browser.ts'
import type { Tab, TabBrowser } from '../browsers/tab.ts'
import { inTime, untilNothing } from '../run/in-time.ts'

declare const createDatabase: (name: string, options: DatabaseOptions) => Database
declare let db: Database

export const STORES = ['opfs', 'indexeddb'] as const

/** For what pages agree on among themselves, whatever the store: both in a long run (`pnpm test:long`). */
export const STORES_OF_PAGES = import.meta.env.MODE === 'long' ? STORES : (['opfs'] as const)

/** A table to write to, in which it shows how often something was written. */
export function shopOptions(storage: (typeof STORES)[number]): DatabaseOptions {
  return {
    storage,
    migrations: ['create table item (id integer primary key autoincrement, name text not null)'],
  }
}

export interface OpenTabs {
  readonly browser: TabBrowser
  readonly host: Tab
  readonly guest: Tab
  readonly other: Tab
}

/** Three tabs with one database, as the global `db`: the first hosts the engine. */
export async function openThreeTabs(options: DatabaseOptions, name = 'shop'): Promise<OpenTabs> {
  const browser = await startTabBrowser('chromium')
  const host = await openTab(browser, name, options)
  const guest = await openTab(browser, name, options)
  const other = await openTab(browser, name, options)
  await makeHost(host, [guest, other])
  return { browser, host, guest, other }
}

export async function openTab(browser: TabBrowser, name: string, options: DatabaseOptions): Promise<Tab> {
  const tab = await browser.openTab()
  await openDatabase(tab, name, options)
  return tab
}

export async function openDatabase(tab: Tab, name: string, options: DatabaseOptions): Promise<void> {
  await inTime(
    `opening ${JSON.stringify(name)}`,
    runInTab(
      tab,
      async ([database, opened]) => {
        Object.assign(globalThis, { db: createDatabase(database, opened) })
        await db.ready
      },
      [name, options] as const,
    ),
  )
}

/** The tab in front comes to host the engine: it is the last to be put to sleep. */
export async function makeHost(host: Tab, others: readonly Tab[]): Promise<void> {
  await host.bringToFront()
  await untilHost(host, others)
}

/** Waits until a tab is the host, and all others know that they are not. */
async function untilHost(host: Tab, others: readonly Tab[]): Promise<void> {
  await untilNothing(async () => {
    const role = await roleOf(host)
    const roles = await Promise.all(others.map(roleOf))
    return role === 'host' && roles.every((one) => one === 'guest')
      ? []
      : [`the tab in front is ${role}, and the others are ${roles.join(', ')}`]
  })
}

export function roleOf(tab: Tab): Promise<string | undefined> {
  return runInTab(tab, () => db.status.getSnapshot().role?.kind, undefined)
}

export function itemsIn(tab: Tab): Promise<readonly string[]> {
  return inTime(
    'reading the items',
    runInTab(
      tab,
      async () => {
        const items = await db.query<{ name: string }>('select name from item order by id')
        return items.map(({ name }) => name)
      },
      undefined,
    ),
  )
}

export function addItem(tab: Tab, item: string): Promise<void> {
  return inTime(
    `adding ${item}`,
    runInTab(tab, async (name) => void (await db.run('insert into item (name) values (?)', [name])), item),
  )
}
