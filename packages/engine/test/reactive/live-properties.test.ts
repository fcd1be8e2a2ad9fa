import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openUnclosedClient } from '../support/engine-client.ts'
import { extent } from '../support/extent.ts'
import { picks } from '../support/random/picker.ts'
import { schemaSpec } from '../support/random/schema.ts'
import { step } from '../support/random/steps.ts'
import { World } from '../support/random/world.ts'

const MINUTE = 60_000

test('live queries show every committed state and no other', { timeout: 60 * MINUTE }, async () => {
  const property = fc.asyncProperty(
    schemaSpec,
    fc.array(picks, { minLength: 4, maxLength: 14 }),
    fc.array(step, { minLength: 10, maxLength: 40 }),
    async (schema, queries, steps) => {
      const client = await openUnclosedClient()
      const world = new World(client)
      try {
        await world.create(schema, queries)
        for (const each of steps) await world.apply(each)
        await world.close()
      } catch (error) {
        throw new Error(`${String(error)}\nafter:\n${world.log.join('\n')}`, { cause: error })
      } finally {
        await client.request('close', null)
      }
      expect(client.unanswered).toBe(0)
    },
  )
  // A run that does not end is one whose promise is pending for ever.
  await fc.assert(property, { ...extent(600, { normal: 45, long: 1800 }), timeout: MINUTE })
})
