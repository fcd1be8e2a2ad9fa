import { expect, test } from 'vitest'
import { codes, examine, useBrowser } from './doctor-stage.ts'

const openPage = useBrowser()

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

test('a handle that is closed has no doctor', async () => {
  const page = await openPage()

  const code = await page.evaluate(async () => {
    const db = globalThis.createDatabase('shop')
    await db.close()
    return db.doctor().catch((error: { readonly code: string }) => error.code)
  })

  expect(code).toBe('closed')
})
