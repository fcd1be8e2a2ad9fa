import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import type * as Engine from '../../src/index.ts'
import type { DatabaseOptions, DoctorFinding, DoctorReport } from '../../src/index.ts'
import { BROWSER_ARGUMENTS, findBrowser } from '../../../../scripts/find-browser.ts'
import { serveSite, type SiteOptions } from './engine-site.ts'

declare global {
  var createDatabase: typeof Engine.createDatabase
  var importCopy: () => Promise<typeof Engine>
}

/** Of the handshake: whatever is wrong with the worker is told by then, with some time for a busy machine. */
export const DEADLINE = 5000 + 3000

/** Opens a page of a site with the engine. */
export type OpenPage = (options?: SiteOptions, host?: string) => Promise<Page>

/** A browser for the tests of a file. */
export function useBrowser(): OpenPage {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: findBrowser(),
      args: [...BROWSER_ARGUMENTS, '--host-resolver-rules=MAP insecure.test 127.0.0.1'],
    })
  })
  afterAll(() => browser.close())

  return async (options = {}, host = 'localhost') => {
    const port = await serveSite(options)
    const context = await browser.newContext()
    onTestFinished(() => context.close())
    const page = await context.newPage()
    await page.goto(`http://${host}:${port}/`)
    await page.waitForFunction('globalThis.createDatabase !== undefined')
    return page
  }
}

export interface Outcome {
  readonly report: DoctorReport
  /** What a query was told, and how long that took in milliseconds. */
  readonly error: { readonly code: string; readonly sentence: string; readonly remedy: string } | undefined
  readonly ms: number
}

/** Asks a database for something, and then its doctor. */
export async function examine(page: Page, options: DatabaseOptions = {}): Promise<Outcome> {
  return page.evaluate(async (given) => {
    const db = globalThis.createDatabase('shop', given)
    const start = performance.now()
    const error = await db.query('select 1').then(
      () => undefined,
      ({ code, sentence, remedy }) => ({ code, sentence, remedy }),
    )
    const ms = performance.now() - start
    return { report: await db.doctor(), error, ms }
  }, options)
}

export function codes({ findings }: DoctorReport): readonly string[] {
  return findings.map(({ code }) => code)
}

/** The one finding that keeps the database from working. */
export function gravest({ findings }: DoctorReport): DoctorFinding {
  const errors = findings.filter(({ severity }) => severity === 'error')
  expect(errors).toHaveLength(1)
  return errors[0] as DoctorFinding
}

/** A call and the doctor tell of the one fault, by its code and by what mends it, and the call does so in time. */
export async function expectSameWords(page: Page, code: string, remedy: string): Promise<void> {
  const { report, error, ms } = await examine(page)
  const { sentence, ...found } = gravest(report)
  expect(found).toMatchObject({ code, docs: `docs/guide/troubleshooting.md#${code}` })
  expect(error).toEqual({ code: 'worker-failed', sentence, remedy: found.remedy })
  expect(found.remedy).toContain(remedy)
  expect(ms).toBeLessThan(DEADLINE)
}

export function policy(text: string): { readonly 'Content-Security-Policy': string } {
  return { 'Content-Security-Policy': text }
}
