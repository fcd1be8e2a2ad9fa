import type { RecordStore, TableShape } from '../../record-store.ts'
import { totalsOf } from './cities.ts'
import { SHOWN, type CityMap, type CityRecord } from './city-map.ts'

export const mapTables: readonly TableShape[] = [{ name: 'city', indexes: ['latitude'] }]

/** The app on records: an index has one dimension, the other one is up to the page. */
export function recordMap(store: RecordStore): CityMap {
  return {
    create: async () => undefined,

    fill: (cities) => store.putAll('city', cities),

    async view({ south, north, west, east }) {
      const found = await store.range<CityRecord>('city', { index: 'latitude', from: south, to: north })
      return found
        .filter(({ longitude }) => longitude >= west && longitude <= east)
        .toSorted((a, b) => a.id - b.id)
        .slice(0, SHOWN)
    },

    async totals() {
      const cities = await store.all<CityRecord>('city')
      return { ...totalsOf(cities), indexed: await store.count('city') }
    },
  }
}
