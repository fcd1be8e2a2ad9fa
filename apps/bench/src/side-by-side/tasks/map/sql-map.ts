import type { SqlSession } from '../../sql-session.ts'
import type { CityMap, CityRecord } from './city-map.ts'
import { gist, rTree } from './spatial-index.ts'

const CREATE_CITY = `
  create table city (
    id integer primary key, name text not null, country text not null, latitude double precision not null,
    longitude double precision not null
  )`
const SELECT_TOTALS = `
  select count(*) as cities, sum(cast(round(latitude * 100000) as integer)) as latitudes,
    sum(cast(round(longitude * 100000) as integer)) as longitudes
  from city`

/** The app on a table, with the spatial index of the dialect. */
export function sqlMap(session: SqlSession): CityMap {
  const index = session.dialect === 'sqlite' ? rTree : gist
  return {
    async create() {
      await session.run(CREATE_CITY)
      if (index.create !== '') await session.run(index.create).catch(explainMissingModule)
    },

    async fill(cities) {
      const columns = ['id', 'name', 'country', 'latitude', 'longitude']
      const rows = cities.map((city) => [city.id, city.name, city.country, city.latitude, city.longitude])
      await session.insertRows('city', columns, rows)
      await session.run(index.fill)
    },

    async view(viewport) {
      const rows = await session.query(index.select, index.parameters(viewport))
      return rows as unknown as readonly CityRecord[]
    },

    async totals() {
      const [row] = await session.query(SELECT_TOTALS)
      const [counted] = await session.query(index.count)
      return {
        cities: Number(row?.['cities']),
        indexed: Number(Object.values(counted ?? {})[0]),
        latitudes: Number(row?.['latitudes']),
        longitudes: Number(row?.['longitudes']),
      }
    },
  }
}

function explainMissingModule(error: unknown): never {
  if (String(error).includes('no such module'))
    throw new Error('it was built without R-Tree', { cause: error })
  throw error
}
