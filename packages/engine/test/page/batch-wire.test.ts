import { expect, test } from 'vitest'
import { BatchResultList, toRuns, toWireResults } from '../../src/link/batch-wire.ts'

test('a text that follows itself is written once, and the order is kept', () => {
  const statements = [
    { sql: 'a', parameters: [1] },
    { sql: 'a', parameters: [2] },
    { sql: 'b', parameters: [] },
    { sql: 'a', parameters: { x: 3 } },
  ]
  expect(toRuns(statements)).toEqual([
    { sql: 'a', parameters: [[1], [2]] },
    { sql: 'b', parameters: [[]] },
    { sql: 'a', parameters: [{ x: 3 }] },
  ])
  expect(toRuns([])).toEqual([])
})

test('results come back as they were, rows and all', () => {
  const results = [
    { block: { names: [], values: [], rowCount: 0 }, changes: 1, lastInsertRowid: 7, durationMs: 0.5 },
    {
      block: { names: ['a'], values: [[1, 2]], rowCount: 2 },
      changes: 0,
      lastInsertRowid: 7n,
      durationMs: 1,
    },
    { block: { names: ['a'], values: [[]], rowCount: 0 }, changes: 0, lastInsertRowid: 7, durationMs: 0 },
  ]
  const list = new BatchResultList()
  expect(toWireResults(list)).toEqual([])
  for (const { block, ...counts } of results) list.add(counts, block.names.length > 0 ? block : undefined)
  expect(toWireResults(list)).toEqual(results)
})
