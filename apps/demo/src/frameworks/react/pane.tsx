import { useQuery } from '@datasync/react'
import { useEffect, useState, type ReactNode } from 'react'
import { Icon } from '../../common/icon.tsx'
import { CHANGE_TOTALS, type ChangeTotals } from '../change-totals.ts'
import { describeEmpty, describeFailure, describeTotals, SEARCH_LABEL } from '../pane-words.ts'
import { FIRST_SEARCH, placesLike } from '../places-like.ts'
import { countRendering } from '../renderings.ts'
import { PlaceList } from './place-list.tsx'

export function Pane(): ReactNode {
  const [search, setSearch] = useState(FIRST_SEARCH)
  const places = useQuery(placesLike(search), undefined, { keepPrevious: true })
  const totals = useQuery<ChangeTotals>(CHANGE_TOTALS).data?.[0]
  useEffect(() => countRendering('react'))

  return (
    <>
      <search className="pane-search">
        <Icon name="search" />
        <input
          type="text"
          aria-label={SEARCH_LABEL}
          placeholder={SEARCH_LABEL}
          spellCheck={false}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </search>
      {places.error && (
        <p className="pane-message" role="alert">
          {describeFailure(places.error)}
        </p>
      )}
      {places.data?.length === 0 && <p className="pane-message">{describeEmpty(search)}</p>}
      <PlaceList places={places.data ?? []} search={search} />
      <p className="pane-totals">{totals && describeTotals(totals)}</p>
    </>
  )
}
