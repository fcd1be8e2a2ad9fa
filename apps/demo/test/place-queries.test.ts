import type { TestDatabase } from '@datasync/engine/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { viewCells, worldCells } from '../src/data/map-cells.ts'
import { matchExpression } from '../src/data/match-expression.ts'
import { countryCounts } from '../src/data/place-counts.ts'
import { placeRows, ROWS_PER_PAGE } from '../src/data/place-rows.ts'
import { SCOPES, SORT_COLUMNS } from '../src/view/view.ts'
import type { View } from '../src/view/view.ts'
import { createPlaceDatabase } from './place-database.ts'
import { placesInView } from './place-model.ts'
import type { PlaceModel } from './place-model.ts'

let database: TestDatabase
let places: readonly PlaceModel[]

beforeAll(async () => {
  ;({ database, places } = await createPlaceDatabase())
})
afterAll(async () => database.close())

/** Searches are cut out of names and regions, so that many of them find something. */
function views(): fc.Arbitrary<View> {
  const search = fc
    .tuple(fc.nat(places.length - 1), fc.boolean(), fc.nat(3), fc.integer({ min: 1, max: 6 }))
    .map(([index, ofName, start, length]) => {
      const place = places[index]
      const words = (ofName ? place?.name : place?.region)?.split(' ') ?? []
      return words
        .slice(start % Math.max(1, words.length))
        .map((word) => word.slice(0, length))
        .join(' ')
    })
  return fc.record({
    scope: fc.constantFrom(...SCOPES),
    search: fc.oneof(fc.constant(''), search),
    country: fc.oneof(
      fc.constant(undefined),
      fc.constantFrom(...new Set(places.map(({ country }) => country))),
    ),
    sort: fc.option(fc.record({ column: fc.constantFrom(...SORT_COLUMNS), descending: fc.boolean() }), {
      nil: undefined,
    }),
  })
}

test('each page of each view holds the rows that a look at every place finds', async () => {
  await fc.assert(
    fc.asyncProperty(views(), fc.nat(), async (view, pick) => {
      const expected = placesInView(places, view)
      const page = pick % (Math.floor(expected.length / ROWS_PER_PAGE) + 1)

      const rows = await database.query(placeRows(view, page))

      const slice = expected.slice(page * ROWS_PER_PAGE, (page + 1) * ROWS_PER_PAGE)
      expect(rows).toMatchObject(
        slice.map(({ id, name, region, isFavourite, note, latitude, longitude }) => ({
          ...{ id, name, region, note, latitude, longitude },
          favourite: Number(isFavourite),
        })),
      )
      expect(rows).toHaveLength(slice.length)
    }),
    { numRuns: 150 },
  )
})

test('the counts of countries and the map show the same places as the table', async () => {
  await fc.assert(
    fc.asyncProperty(views(), async (view) => {
      const inView = placesInView(places, view)
      const inAnyCountry = placesInView(places, { ...view, country: undefined })

      const counts = await database.query(countryCounts(view))
      const cells = await database.query(viewCells(view))

      expect(new Map(counts.map((row) => [row.code, row.places]))).toEqual(
        countBy(inAnyCountry.map(({ country }) => country)),
      )
      expect(new Map(cells.map((row) => [row.cell, row.places]))).toEqual(
        countBy(inView.map(({ cell }) => cell)),
      )
    }),
    { numRuns: 60 },
  )
  const world = await database.query(worldCells())
  expect(new Map(world.map((row) => [row.cell, row.places]))).toEqual(countBy(places.map(({ cell }) => cell)))
})

test('whatever is typed is an expression that FTS5 understands', async () => {
  const statement = 'select count(*) as total from city_search where city_search match ?'
  const syntax = fc.constantFrom(
    '"',
    "'",
    '*',
    '(',
    ')',
    '+',
    '-',
    '^',
    ':',
    '{',
    '}',
    ' AND ',
    ' OR ',
    ' NOT ',
    'NEAR(',
  )
  const typed = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc
      .array(fc.oneof(syntax, fc.constantFrom('san', 'Łó', '東京')), { maxLength: 8 })
      .map((parts) => parts.join('')),
  )
  await fc.assert(
    fc.asyncProperty(typed, async (text) => {
      const match = matchExpression(text)
      if (match !== undefined) await expect(database.get(statement, [match])).resolves.toBeDefined()
    }),
    { numRuns: 500 },
  )
})

test('every place is found by its own name', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), async ({ id, name }) => {
      const match = matchExpression(name)
      expect(match).toBeDefined()
      const statement = 'select rowid as id from city_search where city_search match ?'
      const found = await database.query(statement, [match ?? ''])
      expect(found.map((row) => row['id'])).toContain(id)
    }),
    { numRuns: 300 },
  )
})

function countBy<Key>(keys: readonly Key[]): ReadonlyMap<Key, number> {
  const counts = new Map<Key, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}
