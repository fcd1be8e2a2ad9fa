import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext } from 'playwright'
import { preview, type Plugin } from 'vite'
import { BROWSER_ARGUMENTS, findBrowser } from '../../../scripts/find-browser.ts'

/** With them, a page is isolated from others and may share memory with its workers. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

/** What was built, served to a Chromium whose profile lasts as long as this. */
export interface BenchBrowser extends AsyncDisposable {
  readonly context: BrowserContext
  /** The address of the server, whose pages are isolated or not. Each is an origin of its own. */
  origin(isIsolated: boolean): string
  /** The paths that were asked of the servers. */
  readonly requested: ReadonlySet<string>
  /** Ends all processes and starts them again, with what is in the profile. */
  restart(): Promise<void>
}

export async function openBenchBrowser(): Promise<BenchBrowser> {
  // A profile on disk: in a private window every call to the storage costs several hundred times as much.
  const profile = await mkdtemp(join(tmpdir(), 'datasync-bench-'))
  const requested = new Set<string>()
  const plain = await serve({}, requested)
  const isolated = await serve(ISOLATION, requested)
  let context = await launch(profile)
  return {
    get context() {
      return context
    },
    origin: (isIsolated) => (isIsolated ? isolated : plain).resolvedUrls?.local[0] ?? '',
    requested,
    async restart() {
      await context.close()
      context = await launch(profile)
    },
    async [Symbol.asyncDispose]() {
      await context.close()
      await plain.close()
      await isolated.close()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function serve(
  headers: Readonly<Record<string, string>>,
  requested: Set<string>,
): ReturnType<typeof preview> {
  const recorder: Plugin = {
    name: 'record-requests',
    configurePreviewServer({ middlewares }) {
      middlewares.use((request, _response, next) => {
        requested.add((request.url ?? '').split('?')[0] ?? '')
        next()
      })
    },
  }
  return preview({
    root: join(import.meta.dirname, '..'),
    plugins: [recorder],
    preview: { port: 0, headers },
  })
}

function launch(profile: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: findBrowser(),
    args: [...BROWSER_ARGUMENTS],
  })
}
