export interface CityRecord {
  readonly id: number
  readonly name: string
  readonly country: string
  readonly latitude: number
  readonly longitude: number
}

/** What the map shows, in degrees, its edges among it. */
export interface Viewport {
  readonly south: number
  readonly north: number
  readonly west: number
  readonly east: number
}

/** Counts and sums by which a lost or a double write is told. */
export interface CityTotals {
  readonly cities: number
  /** How many the index has that finds those of a viewport. */
  readonly indexed: number
  /** Sums in 100,000ths of a degree, the places of the data. */
  readonly latitudes: number
  readonly longitudes: number
}

/** The app, with its cities in whatever keeps them. */
export interface CityMap {
  /** Makes the tables, which are empty. */
  create(): Promise<void>
  /** Writes all cities and the index by which they are found. */
  fill(cities: readonly CityRecord[]): Promise<void>
  /** The first cities of a viewport, in the order of their ids. */
  view(viewport: Viewport): Promise<readonly CityRecord[]>
  totals(): Promise<CityTotals>
}

/** How many cities the map shows, whose ids stand for how large they are. */
export const SHOWN = 500
