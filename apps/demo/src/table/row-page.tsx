import type { ReactNode } from 'react'
import { useQuery } from '@datasync/react'
import { placeRows, ROWS_PER_PAGE } from '../data/place-rows.ts'
import type { View } from '../view/view.ts'
import type { TableColumn, TableLayout } from './columns.ts'
import type { GridPosition } from './grid-position.ts'
import { TableRow } from './table-row.tsx'
import type { PlaceChanges } from './use-place-changes.ts'
import styles from './row-page.module.css'

interface RowPageProps {
  readonly view: View
  readonly page: number
  /** Those of this page that are rendered, as indexes of the whole table. */
  readonly rows: readonly number[]
  readonly columns: readonly TableColumn[]
  readonly layout: TableLayout
  readonly tabStop: GridPosition
  readonly changes: PlaceChanges
}

/** Some rows of the table, and the live query that they come from. */
export function RowPage({ view, page, rows, columns, layout, tabStop, changes }: RowPageProps): ReactNode {
  // The rows of the view before stay until those of the next are there.
  const { data, isStale } = useQuery(placeRows(view, page), undefined, { keepPrevious: true })
  return (
    <tbody className={styles.page} data-stale={isStale}>
      {rows.map((row) => (
        <TableRow
          key={row}
          row={row}
          place={data?.[row - page * ROWS_PER_PAGE]}
          columns={columns}
          layout={layout}
          tabColumn={tabStop.row === row ? tabStop.column : undefined}
          changes={changes}
        />
      ))}
    </tbody>
  )
}
