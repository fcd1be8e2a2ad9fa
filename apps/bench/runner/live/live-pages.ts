import type { ContenderInfo } from '../../src/live/page.ts'
import type { Tasks } from '../../src/live/tasks.ts'
import type { BenchBrowser } from '../bench-browser.ts'
import { inFreshPage } from '../fresh-page.ts'

/** All pages are isolated, which one of the contenders needs: then their clock has steps of 5 µs, and not of 100. */
const PAGE = { path: 'live.html', isIsolated: true }

export type Perform = <Task extends keyof Tasks>(
  task: Task,
  size: number,
) => Promise<Awaited<ReturnType<Tasks[Task]>>>

/** Everyone who takes part, as the page knows them. */
export function listContenders(browser: BenchBrowser): Promise<readonly ContenderInfo[]> {
  return inFreshPage(browser, PAGE, (page) => page.evaluate(() => globalThis.live.contenders))
}

/** One task in a page, and with a database, that was made for it. */
export function performIn(browser: BenchBrowser, { name }: ContenderInfo): Perform {
  return ((task, size) =>
    inFreshPage(browser, PAGE, (page) =>
      page.evaluate(([who, database, what, much]) => globalThis.live.perform(who, database, what, much), [
        name,
        `${task}-${size}`,
        task,
        size,
      ] as const),
    )) as Perform
}
