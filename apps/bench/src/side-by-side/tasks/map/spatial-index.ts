import type { Value } from '../../sql-session.ts'
import { SHOWN, type Viewport } from './city-map.ts'

/** How a dialect finds points in a rectangle. */
export interface SpatialIndex {
  /** A statement that runs before there are cities, if one is needed. */
  readonly create: string
  /** A statement that runs when they are there. */
  readonly fill: string
  readonly select: string
  parameters(viewport: Viewport): readonly Value[]
  readonly count: string
}

/** R-Tree keeps floats of 32 bits, rounded outwards: the columns of the table have the last word. */
export const rTree: SpatialIndex = {
  create: 'create virtual table city_box using rtree(id, min_lat, max_lat, min_lng, max_lng)',
  fill: 'insert into city_box select id, latitude, latitude, longitude, longitude from city',
  select: `
    select city.id, name, country, latitude, longitude
    from city_box join city on city.id = city_box.id
    where max_lat >= ? and min_lat <= ? and max_lng >= ? and min_lng <= ?
      and latitude between ? and ? and longitude between ? and ?
    order by city.id limit ${SHOWN}`,
  parameters: ({ south, north, west, east }) => [south, north, west, east, south, north, west, east],
  count: 'select count(*) from city_box',
}

export const gist: SpatialIndex = {
  create: '',
  fill: 'create index city_by_place on city using gist (point(longitude, latitude))',
  select: `
    select id, name, country, latitude, longitude
    from city
    where point(longitude, latitude)
      <@ box(point(?::double precision, ?::double precision), point(?::double precision, ?::double precision))
    order by id limit ${SHOWN}`,
  parameters: ({ south, north, west, east }) => [west, south, east, north],
  count: 'select count(*) from city',
}
