import fc from 'fast-check'
import type { WireStatement } from '../../src/link/protocol.ts'

const KEYS = 40

/** What the workload needs before its first step. */
export const WORKLOAD_SCHEMA = `
  create table entry (key integer primary key, value text);
  create table progress (step integer);
  insert into progress values (0);
`

/** One step of the workload: several rows in one transaction, which is there whole or not at all. */
export type Step = readonly { readonly key: number; readonly value: string | undefined }[]

export const step: fc.Arbitrary<Step> = fc.array(
  fc.record({
    key: fc.integer({ min: 1, max: KEYS }),
    value: fc.option(
      fc.tuple(fc.string(), fc.integer({ min: 0, max: 3000 })).map(([text, times]) => text.repeat(times)),
      { nil: undefined },
    ),
  }),
  { minLength: 1, maxLength: 4 },
)

export function statementsOf(rows: Step, number: number): readonly WireStatement[] {
  const writes = rows.map(({ key, value }) =>
    value === undefined
      ? { sql: 'delete from entry where key = ?', parameters: [key] }
      : { sql: 'insert or replace into entry values (?, ?)', parameters: [key, value] },
  )
  return [...writes, { sql: 'update progress set step = ?', parameters: [number] }]
}

export function replay(steps: readonly Step[]): ReadonlyMap<number, string> {
  const entries = new Map<number, string>()
  for (const rows of steps) {
    for (const { key, value } of rows) {
      if (value === undefined) entries.delete(key)
      else entries.set(key, value)
    }
  }
  return entries
}
