import { describe, expect, test } from 'vitest'
import { examine, expectSameWords, policy, useBrowser } from './doctor-stage.ts'
import type { SiteOptions } from './engine-site.ts'

const openPage = useBrowser()

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
      {
        '/': { headers: policy("connect-src 'none'") },
        '/worker.js': { headers: policy("connect-src 'none'") },
      },
      'wasm-blocked',
      "connect-src 'self'",
    ],
  ])('%s: the call and the doctor say so in the same words', async (_, answers, code, remedy) => {
    const page = await openPage({ answers: answers ?? {} })
    await expectSameWords(page, code, remedy)
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
