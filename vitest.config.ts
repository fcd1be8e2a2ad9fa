import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import type { PluginOption } from 'vite'
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { BROWSER_ARGUMENTS, findBrowser } from './scripts/find-browser.ts'

const BROWSER_TESTS = 'test/**/*.browser.test.{ts,tsx}'
const ISOLATED_TESTS = 'test/**/*.isolated.test.ts'
/** With them, a page is isolated from others and may share memory with its workers. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

const profiles: string[] = []

export default defineConfig({
  test: {
    // No retries: a test that fails now and then has found something.
    retry: 0,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: ['{packages,apps}/*/test/**/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/*.browser.test.*', '**/*.isolated.test.*'],
        },
      },
      browserProject('engine', { prebundled: ['fast-check'] }),
      browserProject('engine', { prebundled: [], isIsolated: true }),
      browserProject('react', {
        plugins: [react()],
        prebundled: [
          'fast-check',
          '@testing-library/react',
          'react',
          'react-dom',
          'react-dom/client',
          'react-dom/server',
          'react/jsx-dev-runtime',
          'react/jsx-runtime',
        ],
      }),
    ],
  },
})

/**
 * The tests of one package in a real Chromium. Packages are imported as they are published, from their
 * `dist`, so that the tests see what users get.
 */
function browserProject(
  name: 'engine' | 'react',
  needs: {
    readonly plugins?: PluginOption[]
    readonly prebundled: readonly string[]
    readonly isIsolated?: boolean
  },
): TestProjectInlineConfiguration {
  const isIsolated = needs.isIsolated ?? false
  return {
    extends: true,
    root: join(import.meta.dirname, 'packages', name),
    plugins: needs.plugins ?? [],
    server: { headers: isIsolated ? ISOLATION : {} },
    // Found in the middle of a run, a dependency would reload the page under the tests.
    optimizeDeps: {
      include: [...needs.prebundled],
      exclude: ['@datasync/engine', '@sqlite.org/sqlite-wasm'],
    },
    test: {
      name: isIsolated ? `browser ${name} isolated` : `browser ${name}`,
      include: [isIsolated ? ISOLATED_TESTS : BROWSER_TESTS],
      // One page after another: the profile cannot be shared.
      fileParallelism: false,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        instances: [{ browser: 'chromium' }],
        provider: playwright({
          launchOptions: { executablePath: findBrowser(), args: [...BROWSER_ARGUMENTS] },
          persistentContext: temporaryProfile(name),
        }),
      },
    },
  }
}

/**
 * A profile on disk, as users have, and not a private window: there, each call to the storage takes
 * several times as long, and nothing is ever written.
 */
function temporaryProfile(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `datasync-test-${name}-`))
  if (profiles.push(folder) === 1) process.once('exit', removeProfiles)
  return folder
}

function removeProfiles(): void {
  for (const folder of profiles) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
