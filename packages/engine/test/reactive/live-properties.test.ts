import { expect, test } from 'vitest'
import { playSteps } from '../support/random/play-steps.ts'
import { ANY_QUERY } from '../support/random/queries/render-query.ts'
import { step } from '../support/random/steps.ts'
import { storeUnderTest } from '../support/store-under-test.ts'

const MINUTE = 60_000
const STEPS = 50_000

test('live queries show every committed state and no other', { timeout: 60 * MINUTE }, async () => {
  const played = await playSteps({ queries: ANY_QUERY, step, steps: STEPS, longSeconds: 1800 })

  console.log(`${played} steps, with every live query compared after each`)
  expect(played).toBeGreaterThanOrEqual(STEPS * storeUnderTest.share)
})
