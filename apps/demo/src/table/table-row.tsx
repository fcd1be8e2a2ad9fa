import type { ReactNode } from 'react'
import { formatLatitude, formatLongitude } from '../common/format.ts'
import type { PlaceRow } from '../data/place-rows.ts'
import { markedPlace } from '../map/marked-place.ts'
import type { TableColumn, TableLayout } from './columns.ts'
import { FavouriteButton } from './favourite-button.tsx'
import { positionToText } from './grid-position.ts'
import { NoteCell } from './note-cell.tsx'
import type { PlaceChanges } from './use-place-changes.ts'
import styles from './table-row.module.css'

interface TableRowProps {
  /** Its index in the whole table. */
  readonly row: number
  /** `undefined` until it is read: the row then has its size and its place, and nothing in it. */
  readonly place: PlaceRow | undefined
  readonly columns: readonly TableColumn[]
  readonly layout: TableLayout
  /** The column of the cell that the Tab key reaches, if it is in this row. */
  readonly tabColumn: number | undefined
  readonly changes: PlaceChanges
}

export function TableRow({ row, place, columns, layout, tabColumn, changes }: TableRowProps): ReactNode {
  const mark = (): void => markedPlace.set(place)
  return (
    <tr
      aria-rowindex={row + 2}
      className={styles.row}
      data-loading={place === undefined}
      style={{ translate: `0 calc(${row} * var(--row-height))` }}
      onPointerEnter={mark}
      onFocus={mark}
    >
      {columns.map((column, index) => {
        const focus = {
          'data-cell': positionToText({ row, column: index }),
          tabIndex: index === tabColumn ? 0 : -1,
        }
        const isControl = column === 'favourite' || column === 'note'
        return (
          <td
            key={column}
            aria-colindex={index + 1}
            className={styles.cell}
            data-column={column}
            {...(isControl ? {} : focus)}
          >
            {column === 'favourite' ? (
              <FavouriteButton place={place} focus={focus} onChange={changes.setFavourite} />
            ) : column === 'note' ? (
              <NoteCell place={place} focus={focus} onChange={changes.setNote} />
            ) : place === undefined ? (
              <span className={styles.placeholder} />
            ) : (
              <CellText place={place} column={column} layout={layout} />
            )}
          </td>
        )
      })}
    </tr>
  )
}

interface CellTextProps {
  readonly place: PlaceRow
  readonly column: Exclude<TableColumn, 'favourite' | 'note'>
  readonly layout: TableLayout
}

function CellText({ place, column, layout }: CellTextProps): ReactNode {
  switch (column) {
    case 'name':
      return layout === 'narrow' ? <NarrowText place={place} /> : place.name
    case 'region':
      return place.region === '' ? '–' : place.region
    case 'country':
      return place.country
    case 'latitude':
      return formatLatitude(place.latitude)
    case 'longitude':
      return formatLongitude(place.longitude)
  }
}

/** Two lines: the note, where there is one, takes the place of region and country. */
function NarrowText({ place }: { readonly place: PlaceRow }): ReactNode {
  const where = [place.region, place.country].filter(Boolean).join(', ')
  return (
    <>
      <span className={styles.name}>
        {place.name}
        {place.note === null ? null : <span className={styles.where}> {place.country}</span>}
      </span>
      <span className={styles.detail} data-note={place.note !== null}>
        {place.note ?? where}
      </span>
    </>
  )
}
