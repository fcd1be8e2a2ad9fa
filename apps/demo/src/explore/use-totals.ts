import { useQuery } from '@datasync/react'
import { cityTotal, favouriteTotal, noteTotal } from '../data/place-counts.ts'
import type { Scope } from '../view/view.ts'

/** How much there is of each scope, whatever is searched for; `undefined` until counted. */
export function useTotals(): Readonly<Record<Scope, number | undefined>> {
  return {
    all: useQuery(cityTotal()).data?.[0]?.total,
    favourites: useQuery(favouriteTotal()).data?.[0]?.total,
    notes: useQuery(noteTotal()).data?.[0]?.total,
  }
}
