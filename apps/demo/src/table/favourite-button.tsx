import type { ReactNode } from 'react'
import { Icon } from '../common/icon.tsx'
import type { PlaceRow } from '../data/place-rows.ts'
import type { CellFocus } from './cell-focus.ts'
import type { PlaceChanges } from './use-place-changes.ts'
import styles from './favourite-button.module.css'

interface FavouriteButtonProps {
  readonly place: PlaceRow | undefined
  readonly focus: CellFocus
  readonly onChange: PlaceChanges['setFavourite']
}

/** There before its place is, so that the focus is not lost when the place arrives. */
export function FavouriteButton({ place, focus, onChange }: FavouriteButtonProps): ReactNode {
  const isFavourite = place?.favourite === 1
  return (
    <button
      type="button"
      className={styles.button}
      aria-label={place === undefined ? 'Favourite' : `Favourite: ${place.name}`}
      aria-pressed={isFavourite}
      aria-disabled={place === undefined}
      onClick={() => place && onChange({ id: place.id, isFavourite: !isFavourite })}
      {...focus}
    >
      <Icon name="star" filled={isFavourite} />
    </button>
  )
}
