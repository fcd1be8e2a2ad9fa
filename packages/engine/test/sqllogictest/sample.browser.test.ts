import { describe, expect, onTestFinished, test } from 'vitest'
import { expectNoFailure } from './expect-no-failure.ts'
import { openStoredDatabase } from './open-stored-database.ts'
import { parseScript } from './parse-script.ts'
import { runScript } from './run-script.ts'
import { SAMPLE } from './sample.ts'
import { BROWSER_STORES } from './stores.ts'

describe.each(BROWSER_STORES)('the sample on %s', (storage) => {
  test.each([...SAMPLE])('%s has the results that another SQLite has', async (_, text) => {
    const db = await openStoredDatabase(storage)
    onTestFinished(() => db.delete())
    expect(db.status.getSnapshot().storage?.backend).toBe(storage)
    expectNoFailure(await runScript(db, parseScript(text)))
    expect(await db.query('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  })
})
