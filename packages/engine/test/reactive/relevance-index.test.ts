import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ChangeLog } from '../../src/worker/reactive/change-log.ts'
import type { ReadSet } from '../../src/worker/reactive/read-set.ts'
import { RelevanceIndex } from '../../src/worker/reactive/relevance-index.ts'
import type { WrittenColumns } from '../../src/worker/sqlite/statement-access.ts'

const table = fc.constantFrom('main\0t', 'main\0u', 'temp\0t')
const columns = fc.array(fc.constantFrom('', 'a', 'b', 'c'), { minLength: 1 }).map((names) => new Set(names))

const reads: fc.Arbitrary<ReadSet> = fc.record({
  tables: fc
    .array(fc.tuple(table, fc.oneof(columns, fc.constant('all' as const))))
    .map((entries) => new Map<string, ReadonlySet<string> | 'all'>(entries)),
  everything: fc.boolean(),
  predicates: fc.constant(new Map()),
  follows: fc.constant(new Map()),
})

const writes: fc.Arbitrary<ReadonlyMap<string, WrittenColumns>> = fc
  .array(fc.tuple(table, fc.oneof(columns, fc.constant('rows' as const))))
  .map((entries) => new Map<string, WrittenColumns>(entries))

/** Whether a change can matter to a query: what the index has to find without asking each of them. */
function isAffected({ tables, everything }: ReadSet, changes: ChangeLog): boolean {
  if (everything) return true
  return [...changes.tables].some(([key, written]) => {
    const read = tables.get(key)
    if (read === undefined) return false
    return written === 'rows' || read === 'all' || [...written].some((column) => read.has(column))
  })
}

test('finds those queries that asking each of them would find, while they come and go', () => {
  const actions = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('add' as const), reads }),
      fc.record({ kind: fc.constant('delete' as const), which: fc.nat() }),
      fc.record({ kind: fc.constant('change' as const), writes }),
    ),
    { maxLength: 30 },
  )
  fc.assert(
    fc.property(actions, (list) => {
      const index = new RelevanceIndex<number>()
      const known = new Map<number, ReadSet>()
      let last = 0
      for (const action of list) {
        if (action.kind === 'add') {
          known.set(++last, action.reads)
          index.add(last, action.reads)
        } else if (action.kind === 'delete') {
          const query = [...known.keys()][action.which % Math.max(1, known.size)]
          const readSet = query === undefined ? undefined : known.get(query)
          if (query === undefined || readSet === undefined) continue
          known.delete(query)
          index.delete(query, readSet)
        } else {
          const changes = new ChangeLog()
          changes.add(action.writes)
          const expected = [...known]
            .filter(([, readSet]) => isAffected(readSet, changes))
            .map(([query]) => query)
          expect([...index.affectedBy(changes)].toSorted((a, b) => a - b)).toEqual(expected)
        }
      }
    }),
    { numRuns: 1000 },
  )
})

test('a change log keeps the wider of two changes, and nothing of the sets that it was given', () => {
  const log = new ChangeLog()
  const given = new Set(['a'])
  log.add(new Map([['main\0t', given]]))
  log.add(
    new Map<string, WrittenColumns>([
      ['main\0t', new Set(['b'])],
      ['main\0u', 'rows'],
    ]),
  )
  log.add(new Map([['main\0u', new Set(['c'])]]))
  expect(given).toEqual(new Set(['a']))
  expect(log.describe()).toEqual([
    { schema: 'main', table: 't', columns: ['a', 'b'] },
    { schema: 'main', table: 'u', columns: undefined },
  ])
  const other = new ChangeLog()
  other.merge(log)
  log.clear()
  expect(log.isEmpty).toBe(true)
  expect(other.isEmpty).toBe(false)
})
