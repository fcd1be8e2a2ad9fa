import { useMutation } from '@datasync/react'
import { setFavourite, setNote } from '../data/place-changes.ts'

export interface PlaceChanges {
  readonly setFavourite: (change: { readonly id: number; readonly isFavourite: boolean }) => void
  readonly setNote: (change: { readonly id: number; readonly body: string }) => void
  /** Why the last change could not be made; `undefined` if it was. */
  readonly error: unknown
  readonly dismissError: () => void
}

/** What can be changed about a place. What shows it follows by itself. */
export function usePlaceChanges(): PlaceChanges {
  const favourite = useMutation(
    (database, { id, isFavourite }: { readonly id: number; readonly isFavourite: boolean }) =>
      database.run(setFavourite(id, isFavourite)),
  )
  const note = useMutation((database, { id, body }: { readonly id: number; readonly body: string }) =>
    database.run(setNote(id, body)),
  )
  return {
    setFavourite: favourite.mutate,
    setNote: note.mutate,
    error: favourite.error ?? note.error,
    dismissError: () => {
      favourite.reset()
      note.reset()
    },
  }
}
