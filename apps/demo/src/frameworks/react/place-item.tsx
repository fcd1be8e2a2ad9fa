import { useMutation } from '@datasync/react'
import { memo, useState, type ReactNode } from 'react'
import { Icon } from '../../common/icon.tsx'
import { setFavourite, setNote } from '../../data/place-changes.ts'
import type { PlaceRow } from '../../data/place-rows.ts'
import { describeRegion, describeUnsaved, NOTE_HINT } from '../pane-words.ts'

export const PlaceItem = memo(function PlaceItem({ place }: { readonly place: PlaceRow }): ReactNode {
  // What was typed last, spaces at its end included.
  const [draft, setDraft] = useState<string>()
  const [isTyping, setIsTyping] = useState(false)
  const write = useMutation((db, body: string) => db.run(setNote(place.id, body)))
  const mark = useMutation((db, favourite: boolean) => db.run(setFavourite(place.id, favourite)))

  const isSaved = !isTyping && write.status === 'success'
  const error = write.error ?? mark.error

  const type = (body: string): void => {
    setDraft(body)
    setIsTyping(true)
    write.mutate(body)
  }
  return (
    <li className="place" data-place={place.id} data-note={place.note} data-favourite={place.favourite}>
      <p className="place-name">{place.name}</p>
      <p className="place-region">{describeRegion(place)}</p>
      <button
        type="button"
        className="place-star"
        aria-label={`Favourite: ${place.name}`}
        aria-pressed={place.favourite === 1}
        onClick={() => mark.mutate(place.favourite === 0)}
      >
        <Icon name="star" filled={place.favourite === 1} />
      </button>
      <input
        type="text"
        className="place-note"
        aria-label={`Note: ${place.name}`}
        placeholder={NOTE_HINT}
        maxLength={500}
        value={(isSaved ? undefined : draft) ?? place.note ?? ''}
        onChange={(event) => type(event.target.value)}
        onBlur={() => setIsTyping(false)}
      />
      {error !== undefined && (
        <p className="place-error" role="alert">
          {describeUnsaved(error)}
        </p>
      )}
    </li>
  )
})
