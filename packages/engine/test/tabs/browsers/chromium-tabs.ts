import { once } from 'node:events'
import type { CDPSession, Page } from 'playwright'
import type { StartedBrowser } from '../../profile/start-browser.ts'
import type { Tab, TabBrowser } from './tab.ts'
import { PageTab } from './page-tab.ts'

/** The tabs of a Chromium: those in the background are hidden, and pages are kept that one can go back to. */
export function chromiumTabs(browser: StartedBrowser, url: string): TabBrowser {
  return { name: 'chromium', openTab: async () => new ChromiumTab(await browser.openPage(url)) }
}

class ChromiumTab extends PageTab implements Tab {
  readonly uncaught: string[] = []
  readonly #page: Page
  #session: Promise<CDPSession> | undefined
  #isGone = false

  constructor(page: Page) {
    super(page)
    this.#page = page
    page.on('crash', () => (this.#isGone = true))
    page.on('pageerror', ({ message }) => this.uncaught.push(message))
  }

  get isGone(): boolean {
    return this.#isGone
  }

  evaluate<Result>(expression: string): Promise<Result> {
    return this.#page.evaluate<Result>(expression)
  }

  async close(): Promise<void> {
    this.#isGone = true
    await this.#page.close()
  }

  async crash(): Promise<void> {
    const crashed = once(this.#page as never, 'crash')
    // Nobody is left to answer.
    this.#send('Page.crash').catch(() => undefined)
    await crashed
    await this.#page.close()
  }

  async freeze(): Promise<void> {
    await this.#send('Page.setWebLifecycleState', { state: 'frozen' })
  }

  async unfreeze(): Promise<void> {
    await this.#send('Page.setWebLifecycleState', { state: 'active' })
  }

  /** Those that run: one that was ended as it was starting can stay in the list for long. */
  async countWorkers(): Promise<number> {
    const answers = this.#page.workers().map(async (worker) => {
      const timeout = new Promise<false>((resolve) => setTimeout(resolve, 2000, false))
      return Promise.race([worker.evaluate(() => true).catch(() => false), timeout])
    })
    return (await Promise.all(answers)).filter(Boolean).length
  }

  async #send(...command: Parameters<CDPSession['send']>): Promise<void> {
    this.#session ??= this.#page.context().newCDPSession(this.#page)
    const session = await this.#session
    await session.send(...command)
  }
}
