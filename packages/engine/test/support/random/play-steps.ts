import fc from 'fast-check'
import { expect } from 'vitest'
import { openUnclosedClient } from '../engine-client.ts'
import { storeUnderTest } from '../store-under-test.ts'
import { picks } from './picker.ts'
import type { QueryKind } from './queries/render-query.ts'
import { schemaSpec } from './schema.ts'
import type { Step } from './steps.ts'
import { World } from './world.ts'

/**
 * Milliseconds in which a run ends, or never: its promise is pending for ever then. One of views of views, which are
 * joined anew after each of its steps, was seen to take 11 s, on a machine that did nothing else.
 */
const PENDING = 120_000
/** Runs that fast-check draws from one seed. */
const RUNS = 1000

export interface Play {
  readonly queries: readonly [QueryKind, ...QueryKind[]]
  readonly step: fc.Arbitrary<Step>
  /** How many steps are enough in a normal run, and how many seconds in a long one. */
  readonly steps: number
  readonly longSeconds: number
}

/**
 * Plays random steps on random databases until it is enough. A step counts when every live query was compared
 * with a fresh run after it. It is not ended by time within a run: one that hangs would pass for one that went well.
 */
export async function playSteps({ queries, step, steps, longSeconds }: Play): Promise<void> {
  const { share } = storeUnderTest
  const start = performance.now()
  let played = 0
  const isEnough = (): boolean =>
    import.meta.env.MODE === 'long'
      ? performance.now() - start > longSeconds * share * 1000
      : played >= steps * share
  const property = fc.asyncProperty(
    schemaSpec,
    fc.array(picks, { minLength: 4, maxLength: 12 }),
    fc.noBias(fc.array(step, { minLength: 20, maxLength: 180, size: 'max' })),
    async (schema, observed, all) => {
      if (isEnough()) return
      const client = await openUnclosedClient()
      const world = new World(client, queries)
      try {
        await world.create(schema, observed)
        for (const each of all) {
          await world.apply(each)
          played++
        }
        await world.close()
      } catch (error) {
        throw new Error(`${String(error)}\nafter:\n${world.log.join('\n')}`, { cause: error })
      } finally {
        await client.request('close', null)
      }
      expect(client.unanswered).toBe(0)
    },
  )
  const { LIVE_SEED: seed, LIVE_PATH: path } = process.env
  if (seed !== undefined && path !== undefined) {
    return fc.assert(property, { seed: Number(seed), path, numRuns: 1, timeout: PENDING })
  }
  while (!isEnough()) await fc.assert(property, { numRuns: RUNS, timeout: PENDING })
  console.log(`${played} steps, with every live query compared after each`)
  expect(played).toBeGreaterThanOrEqual(steps * share)
}
