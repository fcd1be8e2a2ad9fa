import { expect, test } from 'vitest'
import { mergeChangedRows, type ChangedRows } from '../../../src/worker/reactive/incremental/changed-rows.ts'

function changed(values: number, isExact = true): ChangedRows {
  return new Map([['main\0t', { rows: [{ values: [values], net: 1 }], isExact }]])
}

test('what changed twice is all of it, and exact only if both are', () => {
  const both = mergeChangedRows(changed(1), changed(2, false))

  expect(both?.get('main\0t')).toEqual({
    rows: [
      { values: [1], net: 1 },
      { values: [2], net: 1 },
    ],
    isExact: false,
  })
})

test('with what is not known, nothing is', () => {
  expect(mergeChangedRows(undefined, changed(1))).toBeUndefined()
  expect(mergeChangedRows(changed(1), undefined)).toBeUndefined()
})
