import { describe, expect, test } from 'vitest'
import { openTestDatabase } from '../page/open-test-database.ts'
import { expectNoFailure } from './expect-no-failure.ts'
import { generateSample } from './generate/generate-sample.ts'
import { parseScript } from './parse-script.ts'
import { runScript } from './run-script.ts'
import { SAMPLE } from './sample.ts'
import { SMALL_CACHE } from './small-cache.ts'

describe('the sample in memory', () => {
  test.each([...SAMPLE])('%s has the results that another SQLite has', async (_, text) => {
    const db = await openTestDatabase({ cacheSize: SMALL_CACHE })
    const report = await runScript(db, parseScript(text))
    expectNoFailure(report)
    // Else a script that was cut short would pass.
    expect(report.statements + report.queries).toBeGreaterThan(500)
  })

  test('is what the generator makes of its seed, with the results that the SQLite of Node has', () => {
    const generated = generateSample()
    expect([...SAMPLE.keys()].toSorted()).toEqual([...generated.keys()].toSorted())
    for (const [name, text] of generated) expect(SAMPLE.get(name) === text, name).toBe(true)
  })
})
