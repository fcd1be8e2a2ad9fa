import { setTimeout as elapsed } from 'node:timers/promises'
import type { Page } from 'playwright'
import type { Tasks } from '../src/block-storage/contender.ts'
import type { ContenderInfo } from '../src/block-storage/page.ts'
import type { BenchBrowser } from './bench-browser.ts'

/** Longer than anyone needs who works at all. */
const LIMIT_MS = 3 * 60_000
/** Until the last page has ended and the new one has come to rest. */
const SETTLE_MS = 300

export type Perform = <Task extends keyof Tasks>(
  task: Task,
  ...parameters: Parameters<Tasks[Task]>
) => Promise<Awaited<ReturnType<Tasks[Task]>>>

/** Everything that can be measured, as the page knows it. */
export function listContenders(browser: BenchBrowser): Promise<readonly ContenderInfo[]> {
  return inFreshPage(browser, true, (page) => page.evaluate(() => globalThis.blockStorage.contenders))
}

/** One task in a page that was opened for it, and is closed afterwards. */
export function performIn(browser: BenchBrowser, contender: ContenderInfo): Perform {
  return (task, ...parameters) =>
    inFreshPage(browser, contender.isIsolated, (page) => performOn(page, contender)(task, ...parameters))
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

export async function inFreshPage<Result>(
  browser: BenchBrowser,
  isIsolated: boolean,
  work: (page: Page) => Promise<Result>,
): Promise<Result> {
  const page = await browser.context.newPage()
  page.on('pageerror', (error) => console.error(error))
  let timer: NodeJS.Timeout | undefined
  try {
    await page.goto(`${browser.origin(isIsolated)}block-storage.html`)
    await elapsed(SETTLE_MS)
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`took longer than ${LIMIT_MS / 60_000} minutes`)), LIMIT_MS)
    })
    return await Promise.race([work(page), limit])
  } finally {
    clearTimeout(timer)
    await page.close()
  }
}

/** The first line of what was thrown, without what Playwright puts before it. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return (message.split('\n')[0] ?? '').replace(/^page\.evaluate: (Error: )?/, '')
}
