import type { ReactNode } from 'react'
import { Icon } from '../common/icon.tsx'
import type { Sort, SortColumn } from '../view/view.ts'
import { COLUMN_TITLES, isSortColumn } from './columns.ts'
import type { TableColumn } from './columns.ts'
import styles from './table-head.module.css'

interface TableHeadProps {
  readonly columns: readonly TableColumn[]
  readonly sort: Sort | undefined
  readonly onSort: (column: SortColumn) => void
}

export function TableHead({ columns, sort, onSort }: TableHeadProps): ReactNode {
  return (
    <thead className={styles.head}>
      <tr aria-rowindex={1} className={styles.row}>
        {columns.map((column, index) => (
          <th
            key={column}
            scope="col"
            aria-colindex={index + 1}
            aria-sort={sort?.column !== column ? undefined : sort.descending ? 'descending' : 'ascending'}
            className={styles.cell}
            data-column={column}
          >
            {isSortColumn(column) ? (
              <SortButton column={column} sort={sort?.column === column ? sort : undefined} onSort={onSort} />
            ) : (
              <span className={column === 'favourite' ? 'visually-hidden' : undefined}>
                {COLUMN_TITLES[column]}
              </span>
            )}
          </th>
        ))}
      </tr>
    </thead>
  )
}

interface SortButtonProps {
  readonly column: SortColumn
  /** Where the table is sorted by this column. */
  readonly sort: Sort | undefined
  readonly onSort: (column: SortColumn) => void
}

function SortButton({ column, sort, onSort }: SortButtonProps): ReactNode {
  return (
    <button
      type="button"
      className={styles.sort}
      data-sorted={sort !== undefined}
      onClick={() => onSort(column)}
    >
      {COLUMN_TITLES[column]}
      <Icon name={sort?.descending === true ? 'down' : 'up'} />
    </button>
  )
}
