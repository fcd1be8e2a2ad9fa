import { expect, test } from 'vitest'
import { PROTOCOL_VERSION } from '../../../src/link/protocol.ts'
import { OPEN_DEFAULTS } from '../../support/open-defaults.ts'
import { startTabBrowser } from '../browsers/start-tab-browser.ts'

/** How many workers are ended, each at another moment of the time in which it loads SQLite. */
const WORKERS = 25

/** Milliseconds. */
const BETWEEN_MOMENTS = 2

/** Milliseconds after which one that loads SQLite is taken to be kept from it, also on a busy machine. */
const PATIENCE = 20_000

const OPEN = {
  version: PROTOCOL_VERSION,
  oldest: 1,
  requests: [{ id: 1, type: 'open', payload: { ...OPEN_DEFAULTS, storage: 'memory' } }],
}

/** What loads the same the quickest, so that it meets what a worker has left behind that was just ended. */
const LOADER = `
  onmessage = async ({ data: url }) => {
    await WebAssembly.compileStreaming(fetch(url, { credentials: 'same-origin' }))
    postMessage('loaded')
  }
  postMessage('ready')`

test(
  'a worker that is ended while it loads SQLite does not keep others from loading it',
  { timeout: 120_000 },
  async () => {
    const browser = await startTabBrowser('firefox')
    const tab = await browser.openTab()
    for (let index = 0; index < WORKERS; index += 1) {
      expect(await tab.evaluate(endOneAndLoad(index * BETWEEN_MOMENTS))).toBe('loaded')
    }
  },
)

/** Ends a worker so many milliseconds after it was told to load SQLite, and has another load it. */
function endOneAndLoad(delay: number): string {
  return `(async () => {
    const next = (worker) =>
      new Promise((resolve) => worker.addEventListener('message', ({ data }) => resolve(data), { once: true }))
    const engine = new Worker('/worker.js', { type: 'module' })
    await next(engine)
    engine.postMessage(${JSON.stringify(OPEN)})
    await new Promise((resolve) => setTimeout(resolve, ${delay}))
    engine.terminate()
    const script = URL.createObjectURL(new Blob([${JSON.stringify(LOADER)}], { type: 'text/javascript' }))
    const other = new Worker(script)
    try {
      await next(other)
      other.postMessage(new URL('/sqlite3.wasm', location).href)
      const patience = new Promise((resolve) => setTimeout(resolve, ${PATIENCE}, 'kept from it'))
      return await Promise.race([next(other), patience])
    } finally {
      other.terminate()
      URL.revokeObjectURL(script)
    }
  })()`
}
