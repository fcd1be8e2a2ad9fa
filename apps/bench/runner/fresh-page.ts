import { setTimeout as elapsed } from 'node:timers/promises'
import type { Page } from 'playwright'
import type { BenchBrowser } from './bench-browser.ts'

/** Whoever takes longer is listed as not run: nobody would wait for it. */
const LIMIT_MS = 5 * 60_000
/** Until the last page has ended and the new one has come to rest. */
const SETTLE_MS = 300

/** Work in a page of this name that was opened for it, and is closed afterwards. */
export async function inFreshPage<Result>(
  browser: BenchBrowser,
  { path, isIsolated }: { readonly path: string; readonly isIsolated: boolean },
  work: (page: Page) => Promise<Result>,
): Promise<Result> {
  const page = await browser.context.newPage()
  page.on('pageerror', (error) => console.error(error))
  let timer: NodeJS.Timeout | undefined
  try {
    await page.goto(`${browser.origin(isIsolated)}${path}`)
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
