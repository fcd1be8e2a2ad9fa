import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { build, preview } from 'vite'
import { BROWSER_ARGUMENTS, findBrowser } from '../../scripts/find-browser.ts'

// A profile on disk: in a private window every call to the storage costs several hundred times as much.
const profile = await mkdtemp(join(tmpdir(), 'datasync-bench-'))
await build({ root: import.meta.dirname, logLevel: 'warn' })
const server = await preview({ root: import.meta.dirname, preview: { port: 0 } })
const context = await chromium.launchPersistentContext(profile, {
  executablePath: findBrowser(),
  args: [...BROWSER_ARGUMENTS],
})
try {
  const page = await context.newPage()
  page.on('console', (message) => console.error(message.text()))
  page.on('pageerror', (error) => console.error(error))
  await page.goto(server.resolvedUrls?.local[0] ?? '')
  const ratios = await page.evaluate(() => globalThis.runBenchmarks())
  console.table(
    ratios.map(({ name, ours, other, otherName, times }) => ({
      what: name,
      ours,
      other: `${other} (${otherName})`,
      ratio: `${times.toFixed(2)} x`,
    })),
  )
} finally {
  await context.close()
  await server.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
}
