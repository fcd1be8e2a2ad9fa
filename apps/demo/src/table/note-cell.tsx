import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Icon } from '../common/icon.tsx'
import type { PlaceRow } from '../data/place-rows.ts'
import type { CellFocus } from './cell-focus.ts'
import { NoteEditor } from './note-editor.tsx'
import type { PlaceChanges } from './use-place-changes.ts'
import styles from './note-cell.module.css'

interface NoteCellProps {
  readonly place: PlaceRow | undefined
  readonly focus: CellFocus
  readonly onChange: PlaceChanges['setNote']
}

/** A note, and on a click or Enter the means to write it. */
export function NoteCell({ place, focus, onChange }: NoteCellProps): ReactNode {
  const button = useRef<HTMLButtonElement>(null)
  const [editedId, setEditedId] = useState<number>()
  // Another place may have come into this row meanwhile: its note is not the one being written.
  const isEditing = place !== undefined && editedId === place.id

  return (
    <div className={styles.cell}>
      <button
        ref={button}
        type="button"
        className={styles.note}
        aria-label={describe(place)}
        aria-disabled={place === undefined}
        data-empty={!place?.note}
        data-hidden={isEditing}
        onClick={() => setEditedId(place?.id)}
        {...focus}
      >
        <span className={styles.text}>{place === undefined ? '' : (place.note ?? 'Add a note')}</span>
        <Icon name="note" />
      </button>
      {isEditing ? (
        <NoteEditor
          key={place.id}
          label={`Note on ${place.name}`}
          value={place.note ?? ''}
          onSave={(body) => onChange({ id: place.id, body })}
          onClose={(withKey) => {
            setEditedId(undefined)
            if (withKey) button.current?.focus()
          }}
        />
      ) : null}
    </div>
  )
}

function describe(place: PlaceRow | undefined): string {
  if (place === undefined) return 'Note'
  return place.note === null ? `Add a note on ${place.name}` : `Note on ${place.name}: ${place.note}`
}
