import { test } from 'vitest'
import { playSteps } from '../support/random/play-steps.ts'
import { QUERY_OF_ROWS } from '../support/random/queries/render-query.ts'
import { stepOfRows } from '../support/random/steps.ts'

const MINUTE = 60_000

/** Those that the rows which changed are enough to bring up to date, while the schema stays as it is. */
test(
  'live queries of rows, joins and groups show every committed state',
  { timeout: 60 * MINUTE },
  async () => {
    await playSteps({ queries: QUERY_OF_ROWS, step: stepOfRows, steps: 50_000, longSeconds: 1800 })
  },
)
