import { expect, test } from 'vitest'
import { examine, policy, useBrowser } from './doctor-stage.ts'
import type { SiteOptions } from './engine-site.ts'

const WASM = '/sqlite3.wasm'

const openPage = useBrowser()

/** Which files a page asks for by its first query, in order. */
async function filesOf(answers: SiteOptions['answers'] = {}): Promise<readonly string[]> {
  const files: string[] = []
  const page = await openPage({ answers, asked: (path) => files.push(path) })
  expect((await examine(page)).error).toBeUndefined()
  return files
}

test('SQLite is compiled by the page while the worker starts, and fetched once', async () => {
  const files: string[] = []
  const page = await openPage({ asked: (path) => files.push(path) })

  expect((await examine(page)).error).toBeUndefined()

  expect(files.filter((path) => path === WASM)).toHaveLength(1)
  // What the worker fetches is not among these.
  const byPage = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
  )
  expect(byPage).toContain(WASM)
})

test('it is fetched even before the worker has arrived', async () => {
  const files: string[] = []
  const page = await openPage({ answers: { '/worker.js': 'never' }, asked: (path) => files.push(path) })

  await page.evaluate(() => void globalThis.createDatabase('shop').ready.catch(() => undefined))

  await expect.poll(() => files).toContain(WASM)
})

test.each<[what: string, page: string]>([
  ['compile it', "script-src 'self' 'unsafe-inline'"],
  ['fetch it', "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; connect-src 'none'"],
])('the worker does that where the page may not %s', async (_, forbids) => {
  const files = await filesOf({
    '/': { headers: policy(forbids) },
    '/worker.js': { headers: policy("script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'") },
  })

  expect(files.filter((path) => path === WASM).length).toBeGreaterThan(0)
})

test('the worker fetches it where the page was given something else', async () => {
  const answers: Record<string, { readonly body?: string }> = { [WASM]: { body: 'something else' } }
  const files: string[] = []
  const page = await openPage({
    answers,
    asked(path) {
      files.push(path)
      if (files.filter((file) => file === WASM).length === 2) delete answers[WASM]
    },
  })

  const { error, report } = await examine(page)

  expect(error).toBeUndefined()
  expect(report.facts.wasm).toMatchObject({ status: 200, type: 'application/wasm' })
  expect(files.filter((path) => path === WASM)).toHaveLength(2)
})

test("a worker of the app's own is brought the file that the app names, and none otherwise", async () => {
  const files: string[] = []
  const page = await openPage({ asked: (path) => files.push(path) })

  await page.evaluate(async (url) => {
    const worker = (): Worker => new Worker('/worker.js', { type: 'module' })
    await globalThis.createDatabase('own', { worker }).ready
    await globalThis.createDatabase('named', { worker, wasmUrl: `${url}?named` }).ready
  }, WASM)

  const asked = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(({ name }) => new URL(name).search),
  )
  expect(asked.filter((search) => search === '?named')).toHaveLength(1)
  // Of these, one by the worker that was brought nothing.
  expect(files.filter((path) => path === WASM)).toHaveLength(2)
})
