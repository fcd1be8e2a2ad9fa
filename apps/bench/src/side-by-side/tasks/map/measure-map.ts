import { timed, type Measures } from '../../task.ts'
import { expectRows, expectTotals } from '../expect-rows.ts'
import { timeSteps } from '../time-steps.ts'
import { citiesWithin, fetchCities, totalsOf } from './cities.ts'
import type { CityMap } from './city-map.ts'
import { panSteps } from './pan-steps.ts'

export async function measureMap(map: CityMap): Promise<Measures> {
  const cities = await fetchCities()
  await map.create()
  return {
    'map-fill': [await timed(() => map.fill(cities))],
    'map-pan': await timeSteps(
      panSteps,
      (viewport) => map.view(viewport),
      (found, viewport) => {
        const properties = ['id', 'name', 'country', 'latitude', 'longitude'] as const
        expectRows(found, citiesWithin(cities, viewport), properties, 'cities')
      },
    ),
  }
}

/** Fails unless all cities are there, and in the index. */
export async function verifyMap(map: CityMap): Promise<void> {
  const cities = await fetchCities()
  expectTotals(await map.totals(), { ...totalsOf(cities), indexed: cities.length }, 'the map')
}
