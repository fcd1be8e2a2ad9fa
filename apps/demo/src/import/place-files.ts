import { AREAS_URL, PLACE_FILES } from 'virtual:places'
import { countryName } from '../data/country-name.ts'
import { foldText } from '../data/fold-text.ts'

export interface PlaceFile {
  /** A JSON array of rows, as text: SQLite reads it, in the worker. */
  readonly places: string
  /** The id of the last place in it. */
  readonly lastId: number
}

/** The files after the place `done`, each asked for while the one before is being written. */
export async function* readPlaceFiles(done: number, signal: AbortSignal): AsyncGenerator<PlaceFile> {
  const remaining = PLACE_FILES.filter((file) => file.lastId > done)
  let next = startDownload(remaining[0]?.url, signal)
  for (const [index, { lastId }] of remaining.entries()) {
    const places = await next
    next = startDownload(remaining[index + 1]?.url, signal)
    yield { places, lastId }
  }
}

/** The countries and regions that the places refer to, as JSON arrays of rows. */
export async function readAreas(
  signal: AbortSignal,
): Promise<{ readonly countries: string; readonly regions: string }> {
  const areas = JSON.parse(await download(AREAS_URL, signal)) as {
    readonly countries: readonly string[]
    readonly regions: readonly unknown[]
  }
  return {
    countries: JSON.stringify(
      areas.countries.map((code) => [code, countryName(code), foldText(countryName(code))]),
    ),
    regions: JSON.stringify(areas.regions),
  }
}

function startDownload(url: string | undefined, signal: AbortSignal): Promise<string> {
  if (url === undefined) return Promise.resolve('')
  const text = download(url, signal)
  // Its failure is met when it is awaited; until then it is not an unhandled one.
  text.catch(() => undefined)
  return text
}

async function download(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal })
  // A development server answers an unknown address with the page itself.
  const isJson = response.headers.get('content-type')?.includes('json') === true
  if (!response.ok || !isJson) throw new Error(`${url} could not be downloaded (${response.status}).`)
  return response.text()
}
