import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import { vi } from 'vitest'
import { type Tab, type TabBrowser, waitForProgram } from './tab.ts'
import { PageTab } from './page-tab.ts'

/** The tabs of a Firefox of which the process is known. */
export function firefoxTabs(browser: Browser, pid: number, url: string): TabBrowser {
  const open = new Set<FirefoxTab>()
  const crashAll = async (): Promise<void> => {
    const tabs = [...open]
    await killContentProcesses(pid)
    await Promise.all(tabs.map((tab) => tab.waitForCrash()))
    await Promise.all(tabs.map((tab) => tab.close()))
  }
  return {
    name: 'firefox',
    async openTab() {
      const page = await browser.newPage()
      await page.goto(url)
      const tab = new FirefoxTab(page, { crashAll, forget: () => open.delete(tab) })
      open.add(tab)
      await waitForProgram(tab)
      return tab
    },
  }
}

interface FirefoxOfTab {
  /** All pages of one origin are in one process. */
  readonly crashAll: () => Promise<void>
  readonly forget: () => void
}

class FirefoxTab extends PageTab implements Tab {
  readonly uncaught: string[] = []
  readonly #page: Page
  readonly #firefox: FirefoxOfTab
  #isGone = false

  constructor(page: Page, firefox: FirefoxOfTab) {
    super(page)
    this.#page = page
    this.#firefox = firefox
    page.on('pageerror', (error) =>
      this.uncaught.push(error instanceof Error ? error.message : String(error)),
    )
  }

  get isGone(): boolean {
    return this.#isGone
  }

  async evaluate<Result>(expression: string): Promise<Result> {
    // As text: of objects in objects, WebDriver BiDi hands over the outer ones alone.
    const text = await this.#page.evaluate(`(async () => JSON.stringify(await (${expression})))()`)
    return (typeof text === 'string' ? JSON.parse(text) : undefined) as Result
  }

  async close(): Promise<void> {
    this.#isGone = true
    this.#firefox.forget()
    await this.#page.close()
  }

  crash(): Promise<void> {
    return this.#firefox.crashAll()
  }

  /** Firefox shows a page of its own where one has crashed. */
  async waitForCrash(): Promise<void> {
    this.#isGone = true
    await vi.waitFor(
      async () => {
        const program = await this.evaluate<string>('typeof globalThis.tabPage')
        if (program === 'object') throw new Error('The page has not crashed.')
      },
      { timeout: 10_000, interval: 10 },
    )
  }

  freeze(): Promise<void> {
    return Promise.reject(new Error('Firefox cannot be told to freeze a page.'))
  }

  unfreeze(): Promise<void> {
    return this.freeze()
  }

  countWorkers(): Promise<number> {
    return Promise.reject(new Error('Firefox does not tell of the workers of a page.'))
  }
}

/** Ends the processes that hold pages of a site, as Linux names them. */
async function killContentProcesses(parent: number): Promise<void> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(pids.map((pid) => describeProcess(pid)))
  for (const { pid, name, parentPid } of found.filter((one) => one !== undefined)) {
    if (parentPid === parent && name.startsWith('Isolated Web')) process.kill(pid, 'SIGKILL')
  }
}

async function describeProcess(
  pid: string,
): Promise<{ readonly pid: number; readonly name: string; readonly parentPid: number } | undefined> {
  try {
    const stat = await readFile(join('/proc', pid, 'stat'), 'utf8')
    const [, name = '', parentPid] = /^\d+ \((.*)\) \S (\d+)/.exec(stat) ?? []
    return { pid: Number(pid), name, parentPid: Number(parentPid) }
  } catch {
    // It has just ended.
    return undefined
  }
}
