import { vi } from 'vitest'

/** A tab of a real browser, as a test drives it. */
export interface Tab {
  /** What an expression comes to in the page, also if it is a promise. */
  evaluate<Result>(expression: string): Promise<Result>
  close(): Promise<void>
  /** Ends its process, and so all tabs that share it. */
  crash(): Promise<void>
  reload(): Promise<void>
  /** Goes to an empty page. */
  leave(): Promise<void>
  /** Goes back, to a page that was kept or is loaded anew. */
  goBack(): Promise<void>
  bringToFront(): Promise<void>
  /** Stops all scripts of a page in the background, as browsers do that run short. Chromium can be told to. */
  freeze(): Promise<void>
  unfreeze(): Promise<void>
  /** How many dedicated workers its page has. Chromium tells. */
  countWorkers(): Promise<number>
  /** Whether it was closed, or has crashed. */
  readonly isGone: boolean
  /** Errors that no one caught. */
  readonly uncaught: readonly string[]
}

export interface TabBrowser {
  openTab(): Promise<Tab>
  readonly name: 'chromium' | 'firefox'
}

/** Waits until a tab has the page with the program of the tests. */
export async function waitForProgram(tab: Pick<Tab, 'evaluate'>): Promise<void> {
  await vi.waitFor(
    async () => {
      const program = await tab.evaluate<string>('typeof globalThis.tabPage')
      if (program !== 'object') throw new Error('The tab has not loaded the program.')
    },
    { timeout: 30_000, interval: 10 },
  )
}
