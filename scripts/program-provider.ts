import { defineBrowserProvider } from '@vitest/browser'
import type { BrowserCommand, BrowserProvider, BrowserProviderOption } from 'vitest/node'

/** A browser that was started as users start theirs: by its program and an address. */
export interface StartedBrowser {
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>
  readonly stop: () => void
}

/** Starts a browser with a profile of its own, which is removed when it ends. */
export type StartBrowser = (url: string) => Promise<StartedBrowser>

/** What Vitest asks of every provider around each test file: there is one size of the page, and no held keys. */
export const PROGRAM_COMMANDS: Readonly<Record<string, BrowserCommand>> = {
  __vitest_viewport: () => undefined,
  __vitest_cleanup: () => undefined,
}

/**
 * Runs tests in a browser that is only started and ended. The page and Vitest talk by a web socket, so
 * that nothing need control it from outside: neither a patched browser nor a driver is needed, and
 * WebKitGTK, which has private windows alone while it is automated, keeps its storage on disk.
 * User events and module mocks are not to be had this way.
 */
export function programProvider(name: 'firefox' | 'webkit', start: StartBrowser): BrowserProviderOption {
  return defineBrowserProvider({
    name: `program ${name}`,
    supportedBrowser: [name],
    options: {},
    providerFactory(project): BrowserProvider {
      const browsers = new Map<string, StartedBrowser>()

      const close = async (sessionId: string): Promise<void> => {
        const browser = browsers.get(sessionId)
        browsers.delete(sessionId)
        browser?.stop()
        await browser?.ended
      }
      return {
        name: `program ${name}`,
        // Each page would need a profile, and a browser, of its own.
        supportsParallelism: false,
        getCommandsContext: () => ({}),
        async openPage(sessionId, url) {
          await close(sessionId)
          const browser = await start(url)
          browsers.set(sessionId, browser)
          void browser.ended.then(() => {
            if (browsers.get(sessionId) !== browser) return
            // Vitest itself says nothing but that it lost a page, or waited for it in vain.
            project.vitest.logger.error(`The ${name} that runs the tests has ended.`)
          })
        },
        async close() {
          await Promise.all([...browsers.keys()].map(close))
        },
      }
    },
  })
}
