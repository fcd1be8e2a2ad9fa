import fc from 'fast-check'
import { expect } from 'vitest'
import { openUnclosedClient } from '../engine-client.ts'
import { picks } from './picker.ts'
import { schemaSpec } from './schema.ts'
import { step } from './steps.ts'
import { World } from './world.ts'

/** Milliseconds in which a run ends, or never. */
const PENDING = 20_000
/** How many runs fast-check counts together: with each, it draws less of what is small. */
const RUNS = 1000

export interface Played {
  readonly steps: number
  /** Comparisons of a live query with a fresh run. */
  readonly comparisons: number
  readonly seconds: number
}

/** Plays random steps on random databases until that is enough, and compares every live query after each. */
export async function playSteps(
  seed: number | undefined,
  isEnough: (played: Played) => boolean,
): Promise<Played> {
  const start = performance.now()
  let steps = 0
  let comparisons = 0
  const played = (): Played => ({ steps, comparisons, seconds: (performance.now() - start) / 1000 })
  const property = fc.asyncProperty(
    schemaSpec,
    fc.array(picks, { minLength: 4, maxLength: 14 }),
    fc.array(step, { minLength: 20, maxLength: 60 }),
    async (schema, queries, all) => {
      if (isEnough(played())) return
      const client = await openUnclosedClient()
      const world = new World(client)
      try {
        await world.create(schema, queries)
        for (const each of all) {
          await world.apply(each)
          steps++
          comparisons += client.probes.length
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
  for (let round = 0; !isEnough(played()); round++) {
    // A run that does not end is one whose promise is pending for ever.
    const parameters = { numRuns: RUNS, timeout: PENDING }
    await fc.assert(property, seed === undefined ? parameters : { ...parameters, seed: seed + round })
  }
  return played()
}
