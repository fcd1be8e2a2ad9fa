import type { CSSProperties, ReactNode } from 'react'
import { useQuery } from '@datasync/react'
import { useMediaQuery } from '../common/use-media-query.ts'
import { matchExpression } from '../data/match-expression.ts'
import { viewCells, worldCells } from '../data/map-cells.ts'
import type { MapCell } from '../data/map-cells.ts'
import type { View } from '../view/view.ts'
import { MapCanvas } from './map-canvas.tsx'
import { MapMarker } from './map-marker.tsx'
import { MAP_ASPECT } from './project.ts'
import styles from './world-map.module.css'

/** Until they are known, none. */
const NO_CELLS: readonly MapCell[] = []

/** A picture of what the table says, so it is hidden from screen readers. */
export function WorldMap({ view }: { readonly view: View }): ReactNode {
  const isDark = useMediaQuery('(prefers-color-scheme: dark)')
  const isNarrowed =
    view.scope !== 'all' || view.country !== undefined || matchExpression(view.search) !== undefined
  const { data: world } = useQuery(worldCells())
  const { data: matches } = useQuery(isNarrowed && viewCells(view), undefined, { keepPrevious: true })
  return (
    <div aria-hidden="true" className={styles.map} style={{ '--map-aspect': MAP_ASPECT } as CSSProperties}>
      <MapCanvas
        key={isDark ? 'dark' : 'light'}
        world={world}
        matches={isNarrowed ? (matches ?? NO_CELLS) : undefined}
      />
      <MapMarker />
    </div>
  )
}
