import { useState, type ReactNode } from 'react'
import type { PlaceRow } from '../../data/place-rows.ts'
import { findFocused, keepFocused, type FocusedPlace } from '../kept-place.ts'
import { PlaceItem } from './place-item.tsx'

interface PlaceListProps {
  readonly places: readonly PlaceRow[]
  readonly search: string
}

export function PlaceList({ places, search }: PlaceListProps): ReactNode {
  const [focused, setFocused] = useState<FocusedPlace>()
  const shown = keepFocused(places, focused, search)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- hears of the focus of what is in it
    <ul
      className="pane-list"
      onFocus={({ target }) => setFocused(findFocused(shown, target))}
      onBlur={({ relatedTarget }) => setFocused(findFocused(shown, relatedTarget))}
    >
      {shown.map((place) => (
        <PlaceItem key={place.id} place={place} />
      ))}
    </ul>
  )
}
