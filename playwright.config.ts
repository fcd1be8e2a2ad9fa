import { defineConfig } from 'playwright/test'
import { BROWSER_ARGUMENTS, findBrowser } from './scripts/find-browser.ts'
import { freePort } from './scripts/free-port.ts'

// Chosen once, and found in the environment by the processes that run the tests. Another run may be under way.
const demoPort = (process.env['DATASYNC_E2E_PORT'] ??= String(await freePort()))
const sitePort = (process.env['DATASYNC_SITE_PORT'] ??= String(await freePort()))

/** The demo and the documentation end to end: built and served as they are for visitors. */
export default defineConfig({
  projects: [
    { name: 'demo', testDir: 'apps/demo/test', use: { baseURL: `http://localhost:${demoPort}` } },
    { name: 'site', testDir: 'apps/site/test', use: { baseURL: `http://localhost:${sitePort}` } },
  ],
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 120_000,
  // Polled, so that a slow machine waits longer and a quick one does not.
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    launchOptions: { executablePath: findBrowser(), args: [...BROWSER_ARGUMENTS] },
    screenshot: 'only-on-failure',
    // What was done, and the error. Pictures of every step of a page this lively cost twenty times the test.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
  },
  webServer: [
    {
      command: `pnpm --filter demo run preview --port ${demoPort} --strictPort`,
      url: `http://localhost:${demoPort}`,
      reuseExistingServer: false,
    },
    {
      command: `pnpm --filter site run preview --port ${sitePort}`,
      url: `http://localhost:${sitePort}`,
      reuseExistingServer: false,
    },
  ],
})
