import { describe, expect, test } from 'vitest'
import { examine, expectSameWords, gravest, useBrowser } from './doctor-stage.ts'
import { serveSite, type SiteOptions } from './engine-site.ts'

const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

const openPage = useBrowser()

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
    await expectSameWords(page, code, remedy)
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
