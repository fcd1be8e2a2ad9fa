import { createPlaceFiles } from '../build/place-files.ts'

export interface ExpectedPlace {
  readonly id: number
  readonly name: string
  readonly folded: string
  readonly country: string
  readonly latitude: number
}

/** All places in the order of their ids, read from the files that the page is served. */
export function readExpectedPlaces(): readonly ExpectedPlace[] {
  return createPlaceFiles().places.flatMap(({ content }) =>
    (JSON.parse(content) as readonly [number, string, string, number, string, number][]).map(
      ([id, name, folded, , country, latitude]) => ({ id, name, folded, country, latitude }),
    ),
  )
}

/** As SQLite orders text: by the bytes of its UTF-8. */
export function byName(first: ExpectedPlace, second: ExpectedPlace): number {
  return Buffer.compare(Buffer.from(first.folded), Buffer.from(second.folded)) || first.id - second.id
}
