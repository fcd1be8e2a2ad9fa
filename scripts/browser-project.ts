import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { playwright } from '@vitest/browser-playwright'
import { runnerImport, type PluginOption } from 'vite'
import type { UserWorkspaceConfig } from 'vitest/config'
import type { BrowserCommand } from 'vitest/node'
import { BROWSER_ARGUMENTS, findBrowser } from './find-browser.ts'

/** With them, a page is isolated from others and may share memory with its workers. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

const profiles: string[] = []

export interface BrowserProject {
  /** The folder of the package, which its tests are named after. */
  readonly name: string
  /** What compiles the components that the tests write. Made anew for each server that compiles some. */
  readonly plugins?: () => PluginOption[]
  /** What the tests import: found in the middle of a run, a dependency would reload the page under them. */
  readonly prebundled: readonly string[]
  readonly isIsolated?: boolean
}

/**
 * The tests of one package in a real Chromium. Packages are imported as they are published, from their
 * `dist`, so that the tests see what users get.
 */
export function browserProject(project: BrowserProject): UserWorkspaceConfig {
  const { name, plugins = () => [], prebundled, isIsolated = false } = project
  const root = join(import.meta.dirname, '../packages', name)
  return {
    root,
    plugins: plugins(),
    server: { headers: isIsolated ? ISOLATION : {} },
    optimizeDeps: {
      include: [...prebundled],
      exclude: ['@datasync/engine', '@sqlite.org/sqlite-wasm'],
    },
    test: {
      name: isIsolated ? `browser ${name} isolated` : `browser ${name}`,
      include: [isIsolated ? 'test/**/*.isolated.test.ts' : 'test/**/*.browser.test.{ts,tsx}'],
      // No retries: a test that fails now and then has found something.
      retry: 0,
      testTimeout: 30_000,
      hookTimeout: 30_000,
      // One page after another: the profile cannot be shared.
      fileParallelism: false,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        instances: [{ browser: 'chromium' }],
        commands: { renderOnServer: serverRenderer(root, plugins) },
        provider: playwright({
          launchOptions: { executablePath: findBrowser(), args: [...BROWSER_ARGUMENTS] },
          persistentContext: temporaryProfile(name),
        }),
      },
    },
  }
}

/** Has a module of the package under test make markup here, in Node. */
function serverRenderer(root: string, plugins: () => PluginOption[]): BrowserCommand<[string, unknown]> {
  return async (_, path, props) => {
    const { module } = await runnerImport<{ renderOnServer: (props: unknown) => Promise<string> }>(
      join(root, path),
      { root, configFile: false, logLevel: 'warn', plugins: plugins() },
    )
    return module.renderOnServer(props)
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
