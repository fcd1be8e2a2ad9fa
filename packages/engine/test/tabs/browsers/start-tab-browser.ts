import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect } from 'puppeteer-core'
import { onTestFinished, vi } from 'vitest'
import { startFirefox } from '../../../../../scripts/start-firefox.ts'
import { serveEngine } from '../../profile/serve-engine.ts'
import { startBrowser } from '../../profile/start-browser.ts'
import { temporaryProfile } from '../../profile/temporary-profile.ts'
import { chromiumTabs } from './chromium-tabs.ts'
import { firefoxTabs } from './firefox-tabs.ts'
import type { TabBrowser } from './tab.ts'

/** A browser that this test alone has, whose tabs load the program of the tests. It ends with the test. */
export async function startTabBrowser(name: TabBrowser['name']): Promise<TabBrowser> {
  const site = await serveEngine('tabs/page/tab-page.ts')
  onTestFinished(() => site.close())
  return name === 'chromium' ? startChromium(site.url) : startDrivenFirefox(site.url)
}

async function startChromium(url: string): Promise<TabBrowser> {
  const browser = await startBrowser(await temporaryProfile())
  onTestFinished(() => browser.kill())
  return chromiumTabs(browser, url)
}

async function startDrivenFirefox(url: string): Promise<TabBrowser> {
  const { profile, pid, stop, ended } = await startFirefox('about:blank', ['--remote-debugging-port=0'])
  onTestFinished(async () => {
    stop()
    await ended
  })
  const port = await vi.waitFor(() => readPort(profile), { timeout: 30_000 })
  const browser = await connect({
    browserWSEndpoint: `ws://127.0.0.1:${port}/session`,
    protocol: 'webDriverBiDi',
  })
  if (pid === undefined) throw new Error('Firefox could not be started.')
  return firefoxTabs(browser, pid, url)
}

async function readPort(profile: string): Promise<number> {
  const server: unknown = JSON.parse(await readFile(join(profile, 'WebDriverBiDiServer.json'), 'utf8'))
  return (server as { readonly ws_port: number }).ws_port
}
