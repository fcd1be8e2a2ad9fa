import { defineConfig } from 'playwright/test'

/** The packages as they are published, in projects as users have them: installed, built, served and used. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  outputDir: '../../test-results/bundlers',
  globalSetup: './pack-packages.ts',
  forbidOnly: true,
  retries: 0,
  workers: 2,
  fullyParallel: true,
  timeout: 240_000,
  // Polled, so that a slow machine waits longer and a quick one does not.
  expect: { timeout: 30_000 },
  reporter: 'list',
})
