import { chromium } from 'playwright'
import { findBrowser, BROWSER_ARGUMENTS } from '/tmp/h-docs/scripts/find-browser.ts'
const [base, ...paths] = process.argv.slice(2)
const browser = await chromium.launch({ executablePath: findBrowser(), args: [...BROWSER_ARGUMENTS] })
for (const [w, h, scheme] of [
  [1280, 860, 'light'],
  [1280, 860, 'dark'],
  [390, 800, 'light'],
]) {
  const page = await browser.newPage({ viewport: { width: w, height: h }, colorScheme: scheme })
  for (const p of paths) {
    await page.goto(base + p)
    await page.waitForLoadState('networkidle')
    await page.screenshot({ path: `/tmp/shots/${p.replaceAll(/[^a-zA-Z]+/g, '-')}-${w}-${scheme}.png` })
  }
}
await browser.close()
