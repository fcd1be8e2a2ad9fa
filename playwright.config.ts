import { defineConfig } from 'playwright/test'
import { BROWSER_ARGUMENTS, findBrowser } from './scripts/find-browser.ts'
import { freePort } from './scripts/free-port.ts'

// Chosen once, and found in the environment by the processes that run the tests. Another run may be under way.
const port = (process.env['DATASYNC_E2E_PORT'] ??= String(await freePort()))

/** The demo end to end: built and served as it is for visitors. */
export default defineConfig({
  testDir: 'apps/demo/test',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  forbidOnly: true,
  retries: 0,
  workers: 1,
  timeout: 120_000,
  // Polled, so that a slow machine waits longer and a quick one does not.
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    baseURL: `http://localhost:${port}`,
    launchOptions: { executablePath: findBrowser(), args: [...BROWSER_ARGUMENTS] },
    screenshot: 'only-on-failure',
    // What was done, and the error. Pictures of every step of a page this lively cost twenty times the test.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
  },
  webServer: {
    command: `pnpm --filter demo run preview --port ${port} --strictPort`,
    url: `http://localhost:${port}`,
    reuseExistingServer: false,
  },
})
