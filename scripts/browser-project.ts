import { join } from 'node:path'
import { playwright } from '@vitest/browser-playwright'
import { runnerImport, type PluginOption } from 'vite'
import type { UserWorkspaceConfig } from 'vitest/config'
import type { BrowserCommand, BrowserProviderOption } from 'vitest/node'
import { BROWSER_ARGUMENTS, findBrowser } from './find-browser.ts'
import type { BrowserName } from './known-browsers.ts'
import { PROGRAM_COMMANDS, programProvider } from './program-provider.ts'
import { startFirefox } from './start-firefox.ts'
import { startWebkit } from './start-webkit.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { TEST_LIMITS } from './test-limits.ts'

/** With them, a page is isolated from others and may share memory with its workers. */
export const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

export interface BrowserProject {
  /** The package, which its tests are named after. */
  readonly name: string
  /** Where it is in the repository, if it is not one of the packages. */
  readonly folder?: string
  /** What compiles the components that the tests write. Made anew for each server that compiles some. */
  readonly plugins?: () => PluginOption[]
  /** What the tests import: found in the middle of a run, a dependency would reload the page under them. */
  readonly prebundled: readonly string[]
  readonly isIsolated?: boolean
  /** Chromium unless told. */
  readonly browser?: BrowserName
  /** Which tests run, in other browsers than Chromium. */
  readonly include?: readonly string[]
  readonly exclude?: readonly string[]
  /** What the tests need before they begin. */
  readonly setupFiles?: readonly string[]
}

/**
 * The tests of one package in a real browser. Packages are imported as they are published, from their
 * `dist`, so that the tests see what users get.
 */
export function browserProject(project: BrowserProject): UserWorkspaceConfig {
  const { name, plugins = () => [], prebundled, isIsolated = false, browser = 'chromium' } = project
  const ownTests = isIsolated ? 'test/**/*.isolated.test.ts' : 'test/**/*.browser.test.{ts,tsx}'
  const label = browser === 'chromium' ? `browser ${name}` : `${name} in ${browser}`
  const root = join(import.meta.dirname, '..', project.folder ?? join('packages', name))
  return {
    root,
    plugins: plugins(),
    server: { headers: isIsolated ? ISOLATION : {} },
    optimizeDeps: {
      include: [...prebundled],
      exclude: ['@datasync/engine', '@sqlite.org/sqlite-wasm'],
    },
    test: {
      name: isIsolated ? `${label} isolated` : label,
      include: [...(project.include ?? [ownTests])],
      exclude: ['**/node_modules/**', ...(project.exclude ?? [])],
      setupFiles: [...(project.setupFiles ?? [])],
      ...TEST_LIMITS,
      // One page after another: the profile cannot be shared.
      fileParallelism: false,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        instances: [{ browser }],
        commands: {
          renderOnServer: serverRenderer(root, plugins),
          ...(browser === 'chromium' ? {} : PROGRAM_COMMANDS),
        },
        provider: PROVIDERS[browser](name),
      },
    },
  }
}

const PROVIDERS: Readonly<Record<BrowserName, (name: string) => BrowserProviderOption>> = {
  /**
   * A profile on disk, as users have, and not a private window: there, each call to the storage takes
   * several times as long, and nothing is ever written.
   */
  chromium: (name) =>
    playwright({
      launchOptions: { executablePath: findBrowser(), args: [...BROWSER_ARGUMENTS] },
      persistentContext: temporaryFolder(name),
    }),
  firefox: () => programProvider('firefox', startFirefox),
  webkit: () => programProvider('webkit', startWebkit),
}

type RenderOnServer = (...given: unknown[]) => Promise<string>

/** Has a module of the package under test make markup here, in Node, where it is loaded once for all requests. */
function serverRenderer(
  root: string,
  plugins: () => PluginOption[],
): BrowserCommand<[string, unknown, unknown]> {
  const loaded = new Map<string, Promise<RenderOnServer>>()
  const load = async (path: string): Promise<RenderOnServer> => {
    const { module } = await runnerImport<{ renderOnServer: RenderOnServer }>(join(root, path), {
      root,
      configFile: false,
      logLevel: 'warn',
      plugins: plugins(),
    })
    return module.renderOnServer
  }
  return async (_, path, props, state) => {
    const render = loaded.get(path) ?? load(path)
    loaded.set(path, render)
    return (await render)(props, state)
  }
}
