import { setTimeout as elapsed } from 'node:timers/promises'
import { once } from 'node:events'
import type { Page } from 'playwright'
import type { ContenderInfo } from '../../src/tabs/page.ts'
import type { Tasks } from '../../src/tabs/tasks.ts'
import type { BenchBrowser } from '../bench-browser.ts'

/** Longer than anyone needs who works at all. */
const LIMIT_MS = 30_000
/** Until one of the tabs is ready to host next, which it is in no hurry to be. */
const STANDBY_MS = 1500

type Perform = <Task extends keyof Tasks>(
  task: Task,
  ...parameters: Parameters<Tasks[Task]>
) => Promise<Awaited<ReturnType<Tasks[Task]>>>

export interface OpenTab {
  readonly page: Page
  readonly perform: Perform
}

/** Everyone who takes part, as the page knows them. */
export async function listContenders(browser: BenchBrowser): Promise<readonly ContenderInfo[]> {
  const page = await browser.context.newPage()
  await page.goto(`${browser.origin(true)}tabs.html`)
  const contenders = await page.evaluate(() => globalThis.tabs.contenders)
  await page.close()
  return contenders
}

/** The tabs that have one database open, in the order in which they host: the first does. */
export class TabGroup implements AsyncDisposable {
  readonly #browser: BenchBrowser
  readonly #contender: ContenderInfo
  readonly #database: string
  readonly #tabs: OpenTab[] = []
  #opened = 0

  private constructor(browser: BenchBrowser, contender: ContenderInfo, database: string) {
    this.#browser = browser
    this.#contender = contender
    this.#database = database
  }

  /** Makes the database, and has so many tabs open it. */
  static async open(
    browser: BenchBrowser,
    contender: ContenderInfo,
    database: string,
    count: number,
  ): Promise<TabGroup> {
    const group = new TabGroup(browser, contender, database)
    try {
      const first = await group.#open()
      await first.perform('prepare')
      await group.grow(count)
      return group
    } catch (error) {
      await group[Symbol.asyncDispose]()
      throw error
    }
  }

  /** Opens tabs one after the other until there are so many, and waits until one is ready to host next. */
  async grow(count: number): Promise<void> {
    while (this.#tabs.length < count) await this.#open()
    if (this.#contender.hasStandby && count > 1) await elapsed(STANDBY_MS)
  }

  get tabs(): readonly OpenTab[] {
    return this.#tabs
  }

  tab(index: number): OpenTab {
    const tab = this.#tabs[index]
    if (tab === undefined) throw new Error(`There is no tab ${index}.`)
    return tab
  }

  /** The first tab ends, in one way or the other. Settles when the next one hosts. */
  async loseHost(how: 'crash' | 'close'): Promise<void> {
    const host = this.#tabs.shift()
    if (host === undefined) return
    if (how === 'crash') await crash(host.page)
    else await host.page.close()
    await this.tab(0).perform('untilHost')
    // What is left of a crashed tab.
    await host.page.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { page } of this.#tabs.splice(0)) await page.close()
  }

  async #open(): Promise<OpenTab> {
    const page = await this.#browser.context.newPage()
    const number = ++this.#opened
    const perform = performOn(page)
    const tab = { page, perform }
    this.#tabs.push(tab)
    page.on('pageerror', (error) => console.error(`tabs: ${this.#contender.name}: ${error}`))
    page.on('crash', () => {
      // Tabs of one process crash together.
      if (this.#tabs.includes(tab)) console.error('tabs: a tab crashed that was not to')
    })
    await page.goto(`${this.#browser.origin(this.#contender.isIsolated)}tabs.html`)
    await withinLimit(
      'opening',
      page.evaluate(([contender, database, id]) => globalThis.tabs.open(contender, database, id), [
        this.#contender.name,
        this.#database,
        number,
      ] as const),
    )
    if (this.#contender.hostless === undefined) {
      if (this.#tabs.length === 1) await perform('untilHost')
      else if ((await perform('role')) !== 'guest') throw new Error('a tab hosts which is not the first')
    }
    return tab
  }
}

function performOn(page: Page): Perform {
  return (async (task, ...parameters: readonly unknown[]) =>
    withinLimit(
      task,
      page.evaluate(([what, given]) => globalThis.tabs.perform(what, given), [task, parameters] as const),
    )) as Perform
}

async function withinLimit<Result>(what: string, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${LIMIT_MS / 1000} s`)), LIMIT_MS)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}

async function crash(page: Page): Promise<void> {
  const crashed = once(page as never, 'crash')
  const session = await page.context().newCDPSession(page)
  // Nobody is left to answer.
  session.send('Page.crash').catch(() => undefined)
  await crashed
}
