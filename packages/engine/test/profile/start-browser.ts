import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright'
import { vi } from 'vitest'
import { BROWSER_ARGUMENTS, findBrowser } from '../../../../scripts/find-browser.ts'

/** A browser of a process of its own, which can be ended as one likes. */
export interface StartedBrowser {
  openPage(url: string): Promise<Page>
  /** Ends it as a user would. */
  close(): Promise<void>
  /** Ends it as a power cut would, but for what the system still has to write. */
  kill(): Promise<void>
}

/** Starts a browser on a profile, which outlives it. */
export async function startBrowser(profile: string): Promise<StartedBrowser> {
  // Left by one that was killed.
  const portFile = join(profile, 'DevToolsActivePort')
  await rm(portFile, { force: true })
  const options = [`--user-data-dir=${profile}`, '--remote-debugging-port=0', '--headless', '--no-first-run']
  const process = spawn(findBrowser(), [...BROWSER_ARGUMENTS, ...options, 'about:blank'], { stdio: 'ignore' })
  const ended = once(process, 'exit')
  const port = await vi.waitFor(() => readPort(portFile), { timeout: 30_000 })
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true })
  const [context] = browser.contexts() as [BrowserContext]
  return {
    async openPage(url) {
      const page = await context.newPage()
      await page.goto(url)
      await page.waitForFunction('globalThis.createDatabase !== undefined')
      return page
    },
    async close() {
      const session = await browser.newBrowserCDPSession()
      await session.send('Browser.close')
      await ended
    },
    async kill() {
      process.kill('SIGKILL')
      await ended
    },
  }
}

async function readPort(file: string): Promise<string> {
  const [port] = (await readFile(file, 'utf8')).split('\n')
  if (!port) throw new Error('The browser has not said yet where to find it.')
  return port
}
