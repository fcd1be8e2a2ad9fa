import type { Page } from 'playwright'
import { onTestFinished } from 'vitest'
import { serveEngine } from './serve-engine.ts'
import { startBrowser, type StartedBrowser } from './start-browser.ts'
import { temporaryProfile } from './temporary-profile.ts'

export interface EnginePage {
  readonly page: Page
  readonly browser: StartedBrowser
  readonly url: string
}

/** A page with the engine in a browser that this test alone has, and that has never seen a database. */
export async function openEnginePage(): Promise<EnginePage> {
  const site = await serveEngine()
  onTestFinished(() => site.close())
  const browser = await startBrowser(await temporaryProfile())
  onTestFinished(() => browser.kill())
  return { page: await browser.openPage(site.url), browser, url: site.url }
}
