import type { Readable } from 'node:stream'
import { once } from 'node:events'
import type { StartedBrowser } from './program-provider.ts'
import { findBrowser } from './find-browser.ts'
import { startProgram } from './start-program.ts'
import { temporaryFolder } from './temporary-folder.ts'

/**
 * The browser compiles WebAssembly while the page waits for it. By itself it does that in other threads, which
 * interrupt the page by a signal for each function that is done; and where that comes in the middle of the return
 * from a call with many parameters that is interpreted, what the caller needs is overwritten (WebKitGTK 2.50 on
 * x86-64, seen in memory dumps of its crashes: the interpreter lifts the stack pointer before it has read all that
 * is below it).
 */
const COMPILED_IN_TURN = { JSC_useConcurrentJIT: '0' }

/**
 * Starts WebKitGTK's own small browser on a display that nobody sees, with a home folder of its own for what
 * it keeps. As it is, it has no files of the origin and no shared memory, as Safari had before versions 15.2
 * and 17.
 */
export async function startWebkit(url: string): Promise<StartedBrowser> {
  const path = findBrowser('webkit')
  const home = temporaryFolder('webkit')
  const screen = startProgram({ path: 'Xvfb', parameters: ['-displayfd', '3', '-nolisten', 'tcp'] })
  const display = await displayNumber(screen.output, screen.ended)
  const environment = {
    ...COMPILED_IN_TURN,
    DISPLAY: `:${display}`,
    GDK_BACKEND: 'x11',
    HOME: home,
    XDG_CACHE_HOME: `${home}/cache`,
    XDG_CONFIG_HOME: `${home}/config`,
    XDG_DATA_HOME: `${home}/data`,
  }
  const browser = startProgram({ path, parameters: [url], environment })
  // Neither is of use without the other.
  void screen.ended.then(browser.stop)
  return { ended: browser.ended.then(() => (screen.stop(), screen.ended)), stop: browser.stop }
}

/** Xvfb takes the first display that is free, and writes its number once it can be used. */
async function displayNumber(output: Readable, ended: Promise<void>): Promise<string> {
  const failed = ended.then(() => {
    throw new Error('Xvfb ended before it had a display.')
  })
  const [number] = await Promise.race([once(output, 'data'), failed])
  return String(number).trim()
}
