import { describe, expect, test } from 'vitest'
import type { DoctorReport, ErrorCode } from '../../src/index.ts'
import { codes, examine, useBrowser } from './doctor-stage.ts'

/** Tells the page around it why a call failed, and what the doctor found. */
const FRAMED = `<!doctype html><script type="module">
  import { createDatabase } from '/index.js'
  const db = createDatabase('shop')
  const failed = await db.query('select 1').catch(({ code }) => code)
  parent.postMessage([failed, await db.doctor()], '*')
</script>`

const openPage = useBrowser()

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
