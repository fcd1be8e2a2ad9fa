import { test } from 'vitest'
import { playSteps } from '../support/random/play-steps.ts'
import { ANY_QUERY } from '../support/random/queries/render-query.ts'
import { step } from '../support/random/steps.ts'

const MINUTE = 60_000

test('live queries show every committed state and no other', { timeout: 60 * MINUTE }, async () => {
  await playSteps({ queries: ANY_QUERY, step, steps: 50_000, longSeconds: 1800 })
})
