import type { Statement } from '@datasync/engine'

export interface ImportRow {
  /** How many places are there: the id of the last one. */
  readonly done: number
  /** 1 where the user has stopped the import, so that a reload does not go on with it. */
  readonly stopped: 0 | 1
}

/** How far the import is: the row that the importer writes together with the places. */
export function importProgress(): Statement<ImportRow> {
  return { sql: '/* Import progress */ select done, stopped from import', parameters: [] }
}

export function setImportStopped(stopped: boolean): Statement {
  return { sql: 'update import set stopped = ?', parameters: [stopped] }
}

/** `countries` is a JSON array of `[code, name, folded]`, `regions` one of `[id, name, folded]`. */
export function insertAreas(countries: string, regions: string): readonly Statement[] {
  return [
    {
      sql: `insert into country (code, name, folded)
        select value ->> 0, value ->> 1, value ->> 2 from json_each(?) where true on conflict (code) do nothing`,
      parameters: [countries],
    },
    {
      sql: `insert into region (id, name, folded)
        select value ->> 0, value ->> 1, value ->> 2 from json_each(?) where true on conflict (id) do nothing`,
      parameters: [regions],
    },
  ]
}

/**
 * The places of one file that are not there yet, and how far that takes the import: to be run in
 * one transaction, so that `done` is true whenever the page goes away.
 */
export function insertPlaces(places: string, lastId: number): readonly Statement[] {
  return [
    {
      sql: `insert into city (id, name, folded, region_id, country, latitude, longitude, cell)
        select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7
        from json_each(?) where value ->> 0 > (select done from import)`,
      parameters: [places],
    },
    { sql: 'update import set done = ?', parameters: [lastId] },
  ]
}
