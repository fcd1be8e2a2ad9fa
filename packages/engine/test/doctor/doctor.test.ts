import { chromium, type Browser, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type * as Engine from '../../src/index.ts'
import type { DatabaseOptions, DoctorFinding, DoctorReport, ErrorCode } from '../../src/index.ts'
import { BROWSER_ARGUMENTS, findBrowser } from '../../../../scripts/find-browser.ts'
import { serveSite, type SiteOptions } from './engine-site.ts'

declare global {
  var createDatabase: typeof Engine.createDatabase
  var importCopy: () => Promise<typeof Engine>
}

/** Tells the page around it why a call failed, and what the doctor found. */
const FRAMED = `<!doctype html><script type="module">
  import { createDatabase } from '/index.js'
  const db = createDatabase('shop')
  const failed = await db.query('select 1').catch(({ code }) => code)
  parent.postMessage([failed, await db.doctor()], '*')
</script>`

/** Of the handshake: whatever is wrong with the worker is told by then, with some time for a busy machine. */
const DEADLINE = 5000 + 3000

const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

let browser: Browser

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: findBrowser(),
    args: [...BROWSER_ARGUMENTS, '--host-resolver-rules=MAP insecure.test 127.0.0.1'],
  })
})

afterAll(() => browser.close())

interface Outcome {
  readonly report: DoctorReport
  /** What a query was told, and how long that took in milliseconds. */
  readonly error: { readonly code: string; readonly sentence: string; readonly remedy: string } | undefined
  readonly ms: number
}

/** Asks a database for something, and then its doctor. */
async function examine(page: Page, options: DatabaseOptions = {}): Promise<Outcome> {
  return page.evaluate(async (given) => {
    const db = globalThis.createDatabase('shop', given)
    const start = performance.now()
    const error = await db.query('select 1').then(
      () => undefined,
      ({ code, sentence, remedy }) => ({ code, sentence, remedy }),
    )
    const ms = performance.now() - start
    return { report: await db.doctor(), error, ms }
  }, options)
}

async function openPage(options: SiteOptions = {}, host = 'localhost'): Promise<Page> {
  const port = await serveSite(options)
  const context = await browser.newContext()
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(`http://${host}:${port}/`)
  await page.waitForFunction('globalThis.createDatabase !== undefined')
  return page
}

function codes({ findings }: DoctorReport): readonly string[] {
  return findings.map(({ code }) => code)
}

/** The one finding that keeps the database from working. */
function gravest({ findings }: DoctorReport): DoctorFinding {
  const errors = findings.filter(({ severity }) => severity === 'error')
  expect(errors).toHaveLength(1)
  return errors[0] as DoctorFinding
}

test('where nothing is wrong, nothing is found but that the data may be dropped', async () => {
  const page = await openPage()

  const { report, error } = await examine(page)

  expect(error).toBeUndefined()
  expect(report.isHealthy).toBe(true)
  expect(codes(report)).toEqual(['not-persisted'])
  expect(report.facts).toMatchObject({
    isSecureContext: true,
    isIsolated: false,
    engines: 1,
    storage: { backend: 'opfs' },
    persisted: false,
    wasm: { status: 200, type: 'application/wasm', url: expect.stringMatching(/\/sqlite3\.wasm$/) },
  })
  expect(report.facts.quota).toBeGreaterThan(0)
})

test('a database that nobody has asked anything yet is opened to be looked at', async () => {
  const page = await openPage()

  const report = await page.evaluate(() => globalThis.createDatabase('shop').doctor())

  expect(report.isHealthy).toBe(true)
  expect(report.facts.storage).toMatchObject({ backend: 'opfs' })
})

describe('a worker that does not load', () => {
  test.each<[fault: string, answers: SiteOptions['answers'], finding: string, remedy: string]>([
    ['is missing', { '/worker.js': { status: 404 } }, 'worker-not-found', 'npx @datasync/cli doctor'],
    [
      'is a page of HTML',
      { '/worker.js': { headers: { 'Content-Type': 'text/html' }, body: '<!doctype html>' } },
      'worker-wrong-type',
      'npx @datasync/cli doctor',
    ],
    [
      'is a page of HTML that is called JavaScript',
      { '/worker.js': { body: '<!doctype html>' } },
      'worker-wrong-type',
      'npx @datasync/cli doctor',
    ],
    [
      'is served with another type',
      { '/worker.js': { headers: { 'Content-Type': 'application/octet-stream' } } },
      'worker-wrong-type',
      'Content-Type: text/javascript',
    ],
    [
      'is refused by the policy',
      { '/': { headers: { 'Content-Security-Policy': "worker-src 'none'" } } },
      'worker-blocked',
      "worker-src 'self'",
    ],
    [
      'may not be had by an isolated page',
      { '/': { headers: ISOLATED } },
      'worker-not-isolated',
      'Cross-Origin-Embedder-Policy: require-corp',
    ],
    [
      'is another program',
      { '/worker.js': { body: 'throw new Error("mine")' } },
      'worker-broken',
      'worker.js',
    ],
    ['says nothing', { '/worker.js': { body: 'export {}' } }, 'worker-silent', 'worker.js'],
    ['never arrives', { '/worker.js': 'never' }, 'worker-not-found', 'worker.js'],
  ])('since it %s: the call and the doctor say so in the same words', async (_, answers, code, remedy) => {
    const page = await openPage({ answers: answers ?? {} })

    const { report, error, ms } = await examine(page)

    expect(gravest(report)).toMatchObject({ code, docs: `docs/guide/troubleshooting.md#${code}` })
    expect(error).toEqual({
      code: 'worker-failed',
      sentence: gravest(report).sentence,
      remedy: gravest(report).remedy,
    })
    expect(error?.remedy).toContain(remedy)
    expect(ms).toBeLessThan(DEADLINE)
  })

  test('since it is of another origin', async () => {
    const page = await openPage()
    const other = await serveSite()

    const { error, report } = await page.evaluate(async (port) => {
      const worker = (): Worker => new Worker(`http://localhost:${port}/worker.js`, { type: 'module' })
      const db = globalThis.createDatabase('shop', { worker })
      const failed = await db.query('select 1').then(
        () => undefined,
        ({ code, sentence, cause }) => ({ code, sentence, cause: String(cause) }),
      )
      return { error: failed, report: await db.doctor() }
    }, other)

    expect(gravest(report)).toMatchObject({ code: 'worker-other-origin' })
    expect(error).toMatchObject({
      code: 'worker-failed',
      sentence: gravest(report).sentence,
      cause: expect.stringContaining('SecurityError'),
    })
  })

  test('is started by the next call, once it is served', async () => {
    const answers: Record<string, { readonly status?: number }> = { '/worker.js': { status: 404 } }
    const page = await openPage({ answers })
    expect((await examine(page)).error).toMatchObject({ code: 'worker-failed' })

    delete answers['/worker.js']

    const { report, error } = await examine(page)
    expect(error).toBeUndefined()
    expect(report.isHealthy).toBe(true)
  })
})

describe("SQLite's file", () => {
  test.each<[fault: string, answers: SiteOptions['answers'], finding: string, remedy: string]>([
    [
      'that is missing',
      { '/sqlite3.wasm': { status: 404, body: 'Not found' } },
      'wasm-not-found',
      'sqlite3.wasm',
    ],
    [
      'that is a page of HTML',
      { '/sqlite3.wasm': { headers: { 'Content-Type': 'text/html' }, body: '<!doctype html>' } },
      'wasm-wrong-type',
      'sqlite3.wasm',
    ],
    [
      'that is something else',
      { '/sqlite3.wasm': { body: 'something else' } },
      'wasm-wrong-type',
      'as it is in node_modules',
    ],
    [
      'that is refused by the policy',
      {
        '/': { headers: policy("script-src 'self' 'unsafe-inline'") },
        '/worker.js': { headers: policy("script-src 'self'") },
      },
      'wasm-blocked',
      'wasm-unsafe-eval',
    ],
    [
      'that may not be fetched',
      { '/worker.js': { headers: policy("connect-src 'none'") } },
      'wasm-blocked',
      "connect-src 'self'",
    ],
  ])('%s: the call and the doctor say so in the same words', async (_, answers, code, remedy) => {
    const page = await openPage({ answers: answers ?? {} })

    const { report, error, ms } = await examine(page)

    expect(gravest(report)).toMatchObject({ code })
    expect(error).toEqual({
      code: 'worker-failed',
      sentence: gravest(report).sentence,
      remedy: gravest(report).remedy,
    })
    expect(error?.remedy).toContain(remedy)
    expect(ms).toBeLessThan(DEADLINE)
  })

  test('served with another type works, and the doctor tells the header that makes it faster', async () => {
    const page = await openPage({
      answers: { '/sqlite3.wasm': { headers: { 'Content-Type': 'application/octet-stream' } } },
    })
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))

    const { report, error } = await examine(page)

    expect(error).toBeUndefined()
    expect(report.isHealthy).toBe(true)
    expect(report.findings[0]).toMatchObject({
      code: 'wasm-wrong-type',
      severity: 'warning',
      remedy: expect.stringContaining('Content-Type: application/wasm'),
    })
    expect(complaints).toEqual([])
  })
})

describe('the page', () => {
  test('with two copies of the engine is told so', async () => {
    const page = await openPage()

    const report = await page.evaluate(async () => {
      const copy = await globalThis.importCopy()
      await copy.createDatabase('other').ready
      return globalThis.createDatabase('shop').doctor()
    })

    expect(report.isHealthy).toBe(true)
    expect(report.facts.engines).toBe(2)
    expect(report.findings[0]).toMatchObject({ code: 'two-engines', severity: 'warning' })
  })

  test('in a frame without an origin is told what the frame lacks', async () => {
    const page = await openPage({
      answers: { '/framed': { headers: { 'Content-Type': 'text/html' }, body: FRAMED } },
    })

    const [error, report] = await page.evaluate(
      () =>
        new Promise<[ErrorCode, DoctorReport]>((resolve) => {
          addEventListener('message', ({ data }: MessageEvent<[ErrorCode, DoctorReport]>) => resolve(data))
          const frame = document.createElement('iframe')
          frame.sandbox.add('allow-scripts')
          frame.src = '/framed'
          document.body.append(frame)
        }),
    )

    expect(error).toBe('storage-unavailable')
    expect(report.isHealthy).toBe(false)
    expect(report.findings.find(({ code }) => code === 'storage-blocked')?.remedy).toContain(
      'allow-same-origin',
    )
  })

  test('that did not come by HTTPS is told so', async () => {
    const page = await openPage({}, 'insecure.test')

    const { report, error } = await examine(page)

    expect(error).toMatchObject({ code: 'storage-unavailable' })
    expect(report.isHealthy).toBe(false)
    expect(codes(report).filter((code) => code !== 'not-open')).toEqual(['insecure-context'])
    expect(report.findings.find(({ code }) => code === 'insecure-context')?.remedy).toContain('HTTPS')
  })

  test('that is not isolated is told the header that is missing, if shared memory was asked for', async () => {
    const page = await openPage({
      answers: { '/': { headers: { 'Cross-Origin-Opener-Policy': 'same-origin' } } },
    })

    const { report, error } = await examine(page, { storage: 'indexeddb', bridge: 'sab' })

    expect(error).toMatchObject({ code: 'isolation-required' })
    expect(report.findings.find(({ code }) => code === 'not-isolated')).toMatchObject({
      severity: 'error',
      remedy: 'Send with the page: Cross-Origin-Embedder-Policy: require-corp.',
    })
  })

  test('in a browser that is too old is told since when the others have what is missing', async () => {
    const page = await openPage()
    await page.evaluate(() => Reflect.deleteProperty(globalThis, 'BroadcastChannel'))

    const { report } = await examine(page)

    expect(report.findings.find(({ code }) => code === 'old-browser')).toMatchObject({
      severity: 'error',
      sentence: 'This browser has no broadcast channels.',
      remedy: expect.stringContaining('Safari since 15.4'),
    })
  })
})

test('a handle that is closed has no doctor', async () => {
  const page = await openPage()

  const code = await page.evaluate(async () => {
    const db = globalThis.createDatabase('shop')
    await db.close()
    return db.doctor().catch((error: { readonly code: string }) => error.code)
  })

  expect(code).toBe('closed')
})

function policy(text: string): { readonly 'Content-Security-Policy': string } {
  return { 'Content-Security-Policy': text }
}
