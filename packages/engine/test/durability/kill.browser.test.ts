import fc from 'fast-check'
import { expect, test } from 'vitest'
import { server } from 'vitest/browser'
import type { WireStatement } from '../../src/link/protocol.ts'
import { openRawEngine, type RawEngine } from './raw-engine.ts'

/** Fewer in Firefox, where a worker with a database takes a third of a second to start. */
const ROUNDS = server.browser === 'chromium' ? 100 : 30
const KEYS = 40
/** Writes that are under way at once, so that the kill finds some that are done, begun or still waiting. */
const IN_FLIGHT = 4

/** One step of the workload: several rows in one transaction, which is there whole or not at all. */
type Step = readonly { readonly key: number; readonly value: string | undefined }[]

interface Round {
  readonly steps: readonly Step[]
  /** After how many acknowledgements, and milliseconds of work on the next steps, the worker is killed. */
  readonly acknowledgements: number
  readonly delay: number
}

const step: fc.Arbitrary<Step> = fc.array(
  fc.record({
    key: fc.integer({ min: 1, max: KEYS }),
    value: fc.option(
      fc.tuple(fc.string(), fc.integer({ min: 0, max: 3000 })).map(([text, times]) => text.repeat(times)),
      { nil: undefined },
    ),
  }),
  { minLength: 1, maxLength: 4 },
)
const round: fc.Arbitrary<Round> = fc.record({
  steps: fc.array(step, { minLength: 40, maxLength: 40 }),
  acknowledgements: fc.integer({ min: 1, max: 30 }),
  delay: fc.double({ min: 0, max: 2, noNaN: true }),
})

test(
  'P7: every acknowledged write is there after the worker was killed at a random moment',
  { timeout: 300_000 },
  async () => {
    const seed = Date.now()
    const name = `kill ${seed}`
    const setUp = await openRawEngine(name)
    await setUp.call('script', {
      sql: `create table entry (key integer primary key, value text);
        create table progress (step integer);
        insert into progress values (0);`,
      transaction: undefined,
      timeout: undefined,
    })
    setUp.kill()

    const history: Step[] = []
    let kept = 0
    let interrupted = 0
    for (const { steps, acknowledgements, delay } of fc.sample(round, { numRuns: ROUNDS, seed })) {
      const engine = await openRawEngine(name)
      // What was issued but did not survive is as if it had never been.
      history.length = kept
      const acknowledged = await runUntilKilled(engine, steps, history, acknowledgements, delay)

      const survivor = await openRawEngine(name)
      const found = await readState(survivor)
      survivor.kill()

      expect(found.integrity, `seed ${seed}`).toEqual(['ok'])
      expect(found.step, `seed ${seed}`).toBeGreaterThanOrEqual(acknowledged)
      expect(found.step, `seed ${seed}`).toBeLessThanOrEqual(history.length)
      expect(found.entries, `seed ${seed}`).toEqual(replay(history.slice(0, found.step)))
      kept = found.step
      if (found.step < history.length) interrupted++
    }
    // Else the worker was always killed too late to lose anything.
    expect(interrupted).toBeGreaterThan(ROUNDS / 10)
  },
)

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
          statements: statementsOf(rows, number),
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

function statementsOf(rows: Step, number: number): readonly WireStatement[] {
  const writes = rows.map(({ key, value }) =>
    value === undefined
      ? { sql: 'delete from entry where key = ?', parameters: [key] }
      : { sql: 'insert or replace into entry values (?, ?)', parameters: [key, value] },
  )
  return [...writes, { sql: 'update progress set step = ?', parameters: [number] }]
}

function replay(steps: readonly Step[]): ReadonlyMap<number, string> {
  const entries = new Map<number, string>()
  for (const rows of steps) {
    for (const { key, value } of rows) {
      if (value === undefined) entries.delete(key)
      else entries.set(key, value)
    }
  }
  return entries
}

async function readState(engine: RawEngine): Promise<{
  readonly integrity: readonly unknown[]
  readonly step: number
  readonly entries: ReadonlyMap<number, string>
}> {
  const [integrity] = await read(engine, 'pragma integrity_check')
  const [[reached] = []] = await read(engine, 'select step from progress')
  const [keys = [], values = []] = await read(engine, 'select key, value from entry')
  const entries = new Map(keys.map((key, row) => [Number(key), String(values[row])]))
  return { integrity: integrity ?? [], step: Number(reached), entries }
}

async function read(engine: RawEngine, sql: string): Promise<readonly (readonly unknown[])[]> {
  const { block } = await engine.call('statement', {
    sql,
    parameters: [],
    lane: 'auto',
    shape: 'all-rows',
    transaction: undefined,
    timeout: undefined,
  })
  return block.values
}
