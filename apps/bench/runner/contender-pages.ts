import type { Page } from 'playwright'
import type { Tasks } from '../src/block-storage/contender.ts'
import type { ContenderInfo } from '../src/block-storage/page.ts'
import type { BenchBrowser } from './bench-browser.ts'
import { inFreshPage } from './fresh-page.ts'

export type Perform = <Task extends keyof Tasks>(
  task: Task,
  ...parameters: Parameters<Tasks[Task]>
) => Promise<Awaited<ReturnType<Tasks[Task]>>>

/** Everything that can be measured, as the page knows it. */
export function listContenders(browser: BenchBrowser): Promise<readonly ContenderInfo[]> {
  return inContenderPage(browser, true, (page) => page.evaluate(() => globalThis.blockStorage.contenders))
}

/** One task in a page that was opened for it, and is closed afterwards. */
export function performIn(browser: BenchBrowser, contender: ContenderInfo): Perform {
  return (task, ...parameters) =>
    inContenderPage(browser, contender.isIsolated, (page) => performOn(page, contender)(task, ...parameters))
}

/** A task in a page that stays as the task has left it. */
export function performOn(page: Page, { name }: ContenderInfo): Perform {
  return (async (task, ...parameters: readonly unknown[]) =>
    page.evaluate(([who, what, given]) => globalThis.blockStorage.perform(who, what, given), [
      name,
      task,
      parameters,
    ] as const)) as Perform
}

export function inContenderPage<Result>(
  browser: BenchBrowser,
  isIsolated: boolean,
  work: (page: Page) => Promise<Result>,
): Promise<Result> {
  return inFreshPage(browser, { path: 'block-storage.html', isIsolated }, work)
}

/** The first line of what was thrown, without what Playwright puts before it. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return (message.split('\n')[0] ?? '').replace(/^page\.evaluate: (Error: )?/, '')
}
