import { waitForProgram } from './tab.ts'

/** What Playwright and Puppeteer do alike. */
interface DrivenPage {
  reload(): Promise<unknown>
  goto(url: string): Promise<unknown>
  bringToFront(): Promise<unknown>
}

/** What both drivers do to a tab in the same way. */
export abstract class PageTab {
  readonly #driven: DrivenPage

  constructor(driven: DrivenPage) {
    this.#driven = driven
  }

  abstract evaluate<Result>(expression: string): Promise<Result>

  async reload(): Promise<void> {
    await this.#driven.reload()
    await waitForProgram(this)
  }

  async leave(): Promise<void> {
    await this.#driven.goto('about:blank')
  }

  /** The drivers' own waits for the page to load, which one that was kept does not. */
  async goBack(): Promise<void> {
    await this.evaluate('void setTimeout(() => history.back())')
    await waitForProgram(this)
  }

  async bringToFront(): Promise<void> {
    await this.#driven.bringToFront()
  }
}
