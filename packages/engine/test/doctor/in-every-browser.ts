import { expect, test } from 'vitest'
import type { FindingCode } from '../../src/doctor/finding.ts'
import { codes, DEADLINE, gravest } from './doctor-stage.ts'
import type { SiteOptions } from './engine-site.ts'
import type { ExaminePage } from './self-examining-page.ts'

/** Tests of the doctor that hold in all browsers. `usual` is what it finds where nothing is wrong. */
export function testDoctor(examinePage: ExaminePage, usual: readonly FindingCode[]): void {
  test('a page on which nothing is wrong is healthy, and compiles SQLite for its worker', async () => {
    const { report, error, fetched } = await examinePage()

    expect(error).toBeUndefined()
    expect(report.isHealthy).toBe(true)
    expect(codes(report)).toEqual(usual)
    expect(report.facts.wasm).toMatchObject({ status: 200, type: 'application/wasm' })
    expect(fetched.filter((path) => path === '/sqlite3.wasm')).toHaveLength(1)
  })

  test.each<[fault: string, answers: NonNullable<SiteOptions['answers']>, code: FindingCode]>([
    ['a worker that is missing', { '/worker.js': { status: 404 } }, 'worker-not-found'],
    [
      'a worker that is a page of HTML',
      { '/worker.js': { headers: { 'Content-Type': 'text/html' }, body: '<!doctype html>' } },
      'worker-wrong-type',
    ],
    [
      "SQLite's file that is missing",
      { '/sqlite3.wasm': { status: 404, body: 'Not found' } },
      'wasm-not-found',
    ],
    ["SQLite's file that is something else", { '/sqlite3.wasm': { body: 'something' } }, 'wasm-wrong-type'],
  ])('%s: the call and the doctor say so in the same words', async (_, answers, code) => {
    const { report, error, ms } = await examinePage(answers)

    const { sentence, remedy } = gravest(report)
    expect(gravest(report).code).toBe(code)
    expect(error).toEqual({ code: 'worker-failed', sentence, remedy })
    expect(ms).toBeLessThan(DEADLINE)
  })
}

/** Those where there are no files of the origin, which the doctor says in this sentence. */
export function testRefusedFiles(examinePage: ExaminePage, sentence: RegExp): void {
  test('where the browser has no files of the origin, IndexedDB is used, and the doctor says why', async () => {
    const { report, error } = await examinePage()

    expect(error).toBeUndefined()
    expect(report.isHealthy).toBe(true)
    expect(report.facts.storage).toMatchObject({ backend: 'indexeddb' })
    expect(report.findings[0]).toMatchObject({
      code: 'opfs-refused',
      severity: 'warning',
      sentence: expect.stringMatching(sentence),
      remedy: expect.stringContaining('IndexedDB is used instead'),
    })
  })

  test('and a database that is to be in such files is told what to do', async () => {
    const { report, error } = await examinePage({}, { storage: 'opfs' })

    expect(error).toMatchObject({ code: 'storage-unavailable' })
    expect(report.isHealthy).toBe(false)
    expect(report.findings.find(({ code }) => code === 'opfs-refused')).toMatchObject({
      severity: 'error',
      sentence: expect.stringMatching(sentence),
      remedy: expect.stringContaining("storage: 'auto'"),
    })
  })
}
