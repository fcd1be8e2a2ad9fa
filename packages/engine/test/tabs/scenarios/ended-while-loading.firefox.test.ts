import { expect, test } from 'vitest'
import { PROTOCOL_VERSION } from '../../../src/link/protocol.ts'
import { OPEN_DEFAULTS } from '../../support/open-defaults.ts'
import { startTabBrowser } from '../browsers/start-tab-browser.ts'

/** How many workers are ended, each at another moment of the time in which it loads SQLite. */
const WORKERS = 50

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

test('a worker that is ended while it loads SQLite does not keep others from loading it', async () => {
  const browser = await startTabBrowser('firefox')
  const tab = await browser.openTab()

  // Where one is kept from it, the test times out.
  const answers = await tab.evaluate(`(async () => {
    const loader = URL.createObjectURL(new Blob([${JSON.stringify(LOADER)}], { type: 'text/javascript' }))
    const next = (worker) =>
      new Promise((resolve) => worker.addEventListener('message', ({ data }) => resolve(data), { once: true }))
    const answers = []
    for (let index = 0; index < ${WORKERS}; index += 1) {
      const engine = new Worker('/worker.js', { type: 'module' })
      await next(engine)
      engine.postMessage(${JSON.stringify(OPEN)})
      await new Promise((resolve) => setTimeout(resolve, index))
      engine.terminate()
      const other = new Worker(loader)
      await next(other)
      other.postMessage(new URL('/sqlite3.wasm', location).href)
      answers.push(await next(other))
      other.terminate()
    }
    return answers
  })()`)

  expect(answers).toEqual(Array.from({ length: WORKERS }, () => 'loaded'))
})
