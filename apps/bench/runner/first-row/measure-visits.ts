import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext } from 'playwright'
import { BROWSER_ARGUMENTS, findBrowser } from '../../../../scripts/find-browser.ts'
import { FIRST_TASK } from '../../src/first-row/first-row-apps.ts'
import type { BuiltFiles, FileKind } from './built-files.ts'
import { startSlowServer } from './slow-server.ts'

export interface Visits {
  /** From the request for the page until its first row is in the document, in a new profile. */
  readonly firstMs: number
  /** The same on coming back: the files are in the browser's cache, the row is in the database. */
  readonly againMs: number
  /** What crossed the wire on the first visit, compressed. */
  readonly bytes: Readonly<Record<FileKind, number>>
  readonly chromium: string | undefined
}

const DEADLINE_MS = 60_000

/** Visits an app twice, in a browser that has never seen it. */
export async function measureVisits(files: BuiltFiles): Promise<Visits> {
  const profile = await mkdtemp(join(tmpdir(), 'datasync-bench-'))
  await using server = await startSlowServer(files)
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findBrowser(),
    args: [...BROWSER_ARGUMENTS],
  })
  try {
    const firstMs = await timeToFirstRow(context, server.url)
    const bytes = { html: 0, js: 0, wasm: 0, data: 0 }
    for (const { kind, bytes: sent } of server.sent) bytes[kind] += sent.length
    const againMs = await timeToFirstRow(context, server.url)
    return { firstMs, againMs, bytes, chromium: context.browser()?.version() }
  } finally {
    await context.close()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function timeToFirstRow(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage()
  await page.addInitScript(watchForFirstRow)
  await page.goto(url, { waitUntil: 'commit' })
  const row = await page.waitForFunction(() => globalThis.firstRow, undefined, { timeout: DEADLINE_MS })
  const { ms, text } = (await row.jsonValue()) ?? { ms: Number.NaN, text: '' }
  if (text !== FIRST_TASK) throw new Error(`The first row is ${text}.`)
  await page.close()
  return ms
}

interface FirstRow {
  /** Since the navigation began. */
  readonly ms: number
  readonly text: string
}

declare global {
  var firstRow: FirstRow | undefined
}

/** Runs in the page, before its scripts. */
function watchForFirstRow(): void {
  const observer = new MutationObserver(() => {
    const row = document.querySelector('li')
    if (row === null) return
    globalThis.firstRow = { ms: performance.now(), text: row.textContent }
    observer.disconnect()
  })
  observer.observe(document, { childList: true, subtree: true })
}
