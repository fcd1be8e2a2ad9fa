import { useEffect, useRef } from 'react'
import type { CSSProperties, ReactNode } from 'react'
import { useElementSize } from '../common/use-element-size.ts'
import { ROWS_PER_PAGE } from '../data/place-rows.ts'
import { markedPlace } from '../map/marked-place.ts'
import { Notice } from '../shell/notice.tsx'
import { viewToQueryString } from '../view/view-url.ts'
import { nextSort } from '../view/view.ts'
import type { View } from '../view/view.ts'
import { COLUMNS, HEAD_HEIGHT, ROW_HEIGHT } from './columns.ts'
import { EmptyTable } from './empty-table.tsx'
import { RowPage } from './row-page.tsx'
import { TableHead } from './table-head.tsx'
import { useGridFocus } from './use-grid-focus.ts'
import { usePlaceChanges } from './use-place-changes.ts'
import { useRowWindow } from './use-row-window.ts'
import { useTableLayout } from './use-table-layout.ts'
import styles from './place-table.module.css'

/** Rows that stand for those to come, before there is a first count. */
const PENDING_ROWS = 30

interface PlaceTableProps {
  readonly view: View
  readonly total: number | undefined
  readonly onChange: (change: Partial<View>) => void
  /** What stands above the table and scrolls away with it. */
  readonly children: ReactNode
}

/** Every place in view, of which only the pages around those that can be seen are read. */
export function PlaceTable({ view, total, onChange, children }: PlaceTableProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null)
  const lead = useRef<HTMLDivElement>(null)
  const leadHeight = useElementSize(lead).height
  const layout = useTableLayout()
  const columns = COLUMNS[layout]
  const content = viewToQueryString(view)
  const rowCount = total ?? PENDING_ROWS
  const rowHeight = ROW_HEIGHT[layout]
  const headHeight = HEAD_HEIGHT[layout]

  const { active, isInside, handlers } = useGridFocus({
    scroller,
    content,
    rowCount,
    columnCount: columns.length,
    rowHeight,
    leadHeight,
    headHeight,
  })
  const keptRow = isInside ? active.row : undefined
  const rows = useRowWindow({ scroller, rowCount, rowHeight, rowsTop: leadHeight + headHeight, keptRow })
  const tabStop = rows.includes(active.row) ? active : { ...active, row: rows[rows.length >> 1] ?? 0 }
  const pages = new Set(rows.map(pageOf))
  const changes = usePlaceChanges()

  // Other rows are looked at from the first one on. What stands above them stays where it is.
  const shownContent = useRef(content)
  useEffect(() => {
    if (shownContent.current === content || scroller.current === null || lead.current === null) return
    shownContent.current = content
    scroller.current.scrollTop = Math.min(scroller.current.scrollTop, lead.current.offsetHeight)
  }, [content])

  return (
    <div ref={scroller} className={styles.scroller}>
      <div ref={lead}>{children}</div>
      <table
        // HTML allows a table this role, for its cells take the focus.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role
        role="grid"
        aria-label="Places"
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length}
        aria-busy={total === undefined}
        className={styles.table}
        data-layout={layout}
        style={
          {
            '--row-height': `${rowHeight}px`,
            '--head-height': `${headHeight}px`,
            '--row-count': rowCount,
          } as CSSProperties
        }
        onPointerLeave={() => markedPlace.set(undefined)}
        {...handlers}
      >
        <TableHead
          columns={columns}
          sort={view.sort}
          onSort={(column) => onChange({ sort: nextSort(view.sort, column) })}
        />
        {Array.from(pages, (page) => (
          <RowPage
            key={page}
            view={view}
            page={page}
            rows={rows.filter((row) => pageOf(row) === page)}
            columns={columns}
            layout={layout}
            tabStop={tabStop}
            changes={changes}
          />
        ))}
      </table>
      {total === 0 ? <EmptyTable view={view} onChange={onChange} /> : null}
      <Notice title="That could not be saved." error={changes.error} onDismiss={changes.dismissError} />
    </div>
  )
}

function pageOf(row: number): number {
  return Math.floor(row / ROWS_PER_PAGE)
}
