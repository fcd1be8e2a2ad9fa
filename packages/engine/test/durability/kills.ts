import { toRuns } from '../../src/link/batch-wire.ts'
import { readColumns } from './read-columns.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openRawEngine, type RawEngine, type RawStorage } from './raw-engine.ts'
import { replay, statementsOf, step, type Step, WORKLOAD_SCHEMA } from './workload.ts'

/** Writes that are under way at once, so that the kill finds some that are done, begun or still waiting. */
const IN_FLIGHT = 4

interface Round {
  readonly steps: readonly Step[]
  /** After how many acknowledgements, and milliseconds of work on the next steps, the worker is killed. */
  readonly acknowledgements: number
  readonly delay: number
}

const round: fc.Arbitrary<Round> = fc.record({
  steps: fc.array(step, { minLength: 40, maxLength: 40 }),
  acknowledgements: fc.integer({ min: 1, max: 30 }),
  delay: fc.double({ min: 0, max: 2, noNaN: true }),
})

/** P7, in a store that a worker works on which is killed so many times, each time at a random moment. */
export function testKills(storage: RawStorage, rounds: number): void {
  test(
    `P7: every acknowledged write is there after the worker was killed, on ${storage.bridge ?? storage.storage}`,
    { timeout: 20_000 + rounds * 5000 },
    async () => {
      const seed = Date.now()
      const name = `kill ${seed}`
      let engine = await openRawEngine(name, storage)
      await engine.call('script', {
        sql: WORKLOAD_SCHEMA,
        transaction: undefined,
        timeout: undefined,
      })

      const history: Step[] = []
      let kept = 0
      let interrupted = 0
      for (const { steps, acknowledgements, delay } of fc.sample(round, { numRuns: rounds, seed })) {
        // What was issued but did not survive is as if it had never been.
        history.length = kept
        const acknowledged = await runUntilKilled(engine, steps, history, acknowledgements, delay)

        engine = await openRawEngine(name, storage)
        const found = await readState(engine)

        expect(found.integrity, `seed ${seed}`).toEqual(['ok'])
        expect(found.step, `seed ${seed}`).toBeGreaterThanOrEqual(acknowledged)
        expect(found.step, `seed ${seed}`).toBeLessThanOrEqual(history.length)
        expect(found.entries, `seed ${seed}`).toEqual(replay(history.slice(0, found.step)))
        kept = found.step
        if (found.step < history.length) interrupted++
      }
      // Else the worker was always killed too late to lose anything.
      expect(interrupted).toBeGreaterThan(rounds / 10)
      await engine.call('delete', null)
      engine.kill()
    },
  )
}

/** Returns the number of the last step whose write was acknowledged before the kill. */
async function runUntilKilled(
  engine: RawEngine,
  steps: readonly Step[],
  history: Step[],
  acknowledgements: number,
  delay: number,
): Promise<number> {
  const waiting = [...steps]
  const enough = history.length + acknowledgements
  let acknowledged = history.length
  await new Promise<void>((resolve) => {
    const writeOn = async (): Promise<void> => {
      for (let rows = waiting.shift(); rows !== undefined; rows = waiting.shift()) {
        const number = history.push(rows)
        await engine.call('batch', {
          runs: toRuns(statementsOf(rows, number)),
          transaction: undefined,
          timeout: undefined,
        })
        acknowledged = Math.max(acknowledged, number)
        if (acknowledged >= enough) resolve()
      }
    }
    for (let writer = 0; writer < IN_FLIGHT; writer++) void writeOn()
  })
  const end = performance.now() + delay
  while (performance.now() < end) continue
  engine.kill()
  return acknowledged
}

async function readState(engine: RawEngine): Promise<{
  readonly integrity: readonly unknown[]
  readonly step: number
  readonly entries: ReadonlyMap<number, string>
}> {
  const [integrity] = await readColumns(engine, 'pragma integrity_check')
  const [[reached] = []] = await readColumns(engine, 'select step from progress')
  const [keys = [], values = []] = await readColumns(engine, 'select key, value from entry')
  const entries = new Map(keys.map((key, row) => [Number(key), String(values[row])]))
  return { integrity: integrity ?? [], step: Number(reached), entries }
}
