import { CITIES_URL } from 'virtual:cities'
import { SHOWN, type CityRecord, type CityTotals, type Viewport } from './city-map.ts'

type CityArray = readonly [name: string, country: string, latitude: number, longitude: number]

/** 50,000 cities of the whole world, as the page gets them from a server. */
export async function fetchCities(): Promise<readonly CityRecord[]> {
  const response = await fetch(CITIES_URL)
  if (!response.ok) throw new Error(`The cities could not be fetched: ${response.status}.`)
  const cities = (await response.json()) as readonly CityArray[]
  return cities.map(([name, country, latitude, longitude], index) => ({
    id: index + 1,
    name,
    country,
    latitude,
    longitude,
  }))
}

/** What everyone is to find. */
export function citiesWithin(cities: readonly CityRecord[], viewport: Viewport): readonly CityRecord[] {
  const { south, north, west, east } = viewport
  return cities
    .filter(
      ({ latitude, longitude }) =>
        latitude >= south && latitude <= north && longitude >= west && longitude <= east,
    )
    .slice(0, SHOWN)
}

export function totalsOf(cities: readonly CityRecord[]): Omit<CityTotals, 'indexed'> {
  return {
    cities: cities.length,
    latitudes: cities.reduce((sum, { latitude }) => sum + Math.round(latitude * 100_000), 0),
    longitudes: cities.reduce((sum, { longitude }) => sum + Math.round(longitude * 100_000), 0),
  }
}
