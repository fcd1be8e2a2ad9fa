import { createTestDatabase } from '@datasync/engine/testing'
import type { TestDatabase } from '@datasync/engine/testing'
import { createPlaceFiles } from '../build/place-files.ts'
import { countryName } from '../src/data/country-name.ts'
import { foldText } from '../src/data/fold-text.ts'
import { migrations } from '../src/data/migrations.ts'
import { insertAreas, insertPlaces } from '../src/import/import-statements.ts'
import type { PlaceModel } from './place-model.ts'

/** Enough for some dozens of countries and for many pages. */
const FILES = 3

type PlaceTuple = readonly [number, string, string, number, string, number, number, number]

/** A database with some of the real places, and the same places as plain objects. */
export async function createPlaceDatabase(): Promise<{
  readonly database: TestDatabase
  readonly places: readonly PlaceModel[]
}> {
  const database = createTestDatabase({ migrations })
  const files = createPlaceFiles()
  const areas = JSON.parse(files.areas.content) as {
    readonly countries: readonly string[]
    readonly regions: readonly (readonly [number, string, string])[]
  }
  const countries = areas.countries.map((code) => [code, countryName(code), foldText(countryName(code))])
  await database.batch(insertAreas(JSON.stringify(countries), JSON.stringify(areas.regions)))

  const regions = new Map(areas.regions.map(([id, name, folded]) => [id, { name, folded }]))
  const places: PlaceModel[] = []
  for (const { content, lastId } of files.places.slice(0, FILES)) {
    await database.batch(insertPlaces(content, lastId))
    for (const [id, name, folded, regionId, country, latitude, longitude, cell] of JSON.parse(
      content,
    ) as readonly PlaceTuple[]) {
      const region = regions.get(regionId) ?? { name: '', folded: '' }
      places.push({
        ...{ id, name, folded, regionId, region: region.name, foldedRegion: region.folded },
        ...{ country, foldedCountry: foldText(countryName(country)), latitude, longitude, cell },
        isFavourite: id % 17 === 0,
        note: id % 23 === 0 ? `Note ${id}` : null,
      })
    }
  }
  await database.run('insert into favourite (city_id) select id from city where id % 17 = 0')
  await database.run("insert into note (city_id, body) select id, 'Note ' || id from city where id % 23 = 0")
  return { database, places }
}
