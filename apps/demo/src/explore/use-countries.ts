import { useQuery } from '@datasync/react'
import { countryCounts } from '../data/place-counts.ts'
import type { CountryCount } from '../data/place-counts.ts'
import type { View } from '../view/view.ts'

export interface Countries {
  /** By name, those without a place in view left out; `undefined` until the first count. */
  readonly counts: readonly CountryCount[] | undefined
  /** How many places are in view, all countries or the chosen one. */
  readonly total: number | undefined
}

export function useCountries({ scope, search, country }: View): Countries {
  const { data: counts } = useQuery(countryCounts({ scope, search }), undefined, { keepPrevious: true })
  const chosen = country === undefined ? counts : counts?.filter(({ code }) => code === country)
  return { counts, total: chosen?.reduce((sum, { places }) => sum + places, 0) }
}
