import type { Page } from 'playwright'
import type { ContenderInfo } from '../../src/side-by-side/contender.ts'
import type { ContenderTasks } from '../../src/side-by-side/contender-tasks.ts'
import type { BenchBrowser } from '../bench-browser.ts'
import { inFreshPage } from '../fresh-page.ts'

/** All pages are isolated, which some contenders need: then their clock has steps of 5 µs, and not of 100. */
const PAGE = { path: 'side-by-side.html', isIsolated: true }

export type Perform = <Task extends keyof ContenderTasks>(
  task: Task,
  ...parameters: Parameters<ContenderTasks[Task]>
) => Promise<Awaited<ReturnType<ContenderTasks[Task]>>>

/** Everyone who takes part, as the page knows them. */
export function listContenders(
  browser: BenchBrowser,
): Promise<{ readonly contenders: readonly ContenderInfo[]; readonly liveOnly: readonly ContenderInfo[] }> {
  return inFreshPage(browser, PAGE, (page) =>
    page.evaluate(() => ({
      contenders: globalThis.sideBySide.contenders,
      liveOnly: globalThis.sideBySide.liveOnly,
    })),
  )
}

/** One task in a page that was opened for it, and is closed afterwards. */
export function performIn(browser: BenchBrowser, contender: string): Perform {
  return (task, ...parameters) =>
    inContenderPage(browser, contender, (_, perform) => perform(task, ...parameters))
}

/** Work in a page which has loaded the code of a contender and nothing else. */
export function inContenderPage<Result>(
  browser: BenchBrowser,
  contender: string,
  work: (page: Page, perform: Perform) => Promise<Result>,
): Promise<Result> {
  return inFreshPage(browser, PAGE, async (page) => {
    await page.evaluate((name) => globalThis.sideBySide.load(name), contender)
    const perform = async (task: keyof ContenderTasks, ...parameters: readonly unknown[]): Promise<unknown> =>
      page.evaluate(([what, given]) => globalThis.sideBySide.perform(what, given), [
        task,
        parameters,
      ] as const)
    return work(page, perform as Perform)
  })
}

/** A page of the same origin in which nobody is loaded. */
export function inEmptyPage<Result>(
  browser: BenchBrowser,
  work: (page: Page) => Promise<Result>,
): Promise<Result> {
  return inFreshPage(browser, PAGE, work)
}
