import fc from 'fast-check'
import { expect, test } from 'vitest'
import { queryStringToView, viewToQueryString } from '../src/view/view-url.ts'
import { DEFAULT_VIEW, nextSort, SCOPES, SORT_COLUMNS } from '../src/view/view.ts'

const views = fc.record({
  scope: fc.constantFrom(...SCOPES),
  search: fc.string({ unit: 'grapheme' }).map((text) => (text.trim() === '' ? '' : text)),
  country: fc.constantFrom(undefined, 'CH', 'ZW'),
  sort: fc.option(fc.record({ column: fc.constantFrom(...SORT_COLUMNS), descending: fc.boolean() }), {
    nil: undefined,
  }),
})

test('a view comes back from its address', () => {
  fc.assert(
    fc.property(views, (view) => {
      expect(queryStringToView(viewToQueryString(view))).toEqual(view)
    }),
  )
})

test('the default view needs no address, and an address that says nothing is the default view', () => {
  expect(viewToQueryString(DEFAULT_VIEW)).toBe('')
  expect(queryStringToView('?show=moon&country=<x>&sort=-height')).toEqual(DEFAULT_VIEW)
})

test('pressing the head of a column sorts one way, then the other, then as before', () => {
  const once = nextSort(undefined, 'region')
  const twice = nextSort(once, 'region')
  expect(once).toEqual({ column: 'region', descending: false })
  expect(twice).toEqual({ column: 'region', descending: true })
  expect(nextSort(twice, 'region')).toBeUndefined()
  expect(nextSort(twice, 'name')).toEqual({ column: 'name', descending: false })
})
