import { expect, test } from 'vitest'
import { codes, useBrowser } from './doctor-stage.ts'

declare global {
  var endMigration: () => void
}

const openPage = useBrowser()

test('a database that is still being opened is told so, and is well once it is open', async () => {
  const page = await openPage()

  const during = await page.evaluate(() => {
    const hasEnded = new Promise<void>((resolve) => (globalThis.endMigration = resolve))
    const migrations = [() => hasEnded]
    return globalThis.createDatabase('shop', { migrations }).doctor()
  })

  expect(during.isHealthy).toBe(true)
  expect(during.findings[0]).toMatchObject({
    code: 'still-opening',
    severity: 'warning',
    remedy: expect.stringContaining('db.ready'),
  })
  const after = await page.evaluate(async () => {
    globalThis.endMigration()
    const db = globalThis.createDatabase('shop')
    await db.ready
    return db.doctor()
  })
  expect(codes(after)).toEqual(['not-persisted'])
  expect(after.facts.storage).toMatchObject({ backend: 'opfs' })
})
