import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { useElementSize } from '../common/use-element-size.ts'
import type { MapCell } from '../data/map-cells.ts'
import { drawMap } from './draw-map.ts'
import styles from './world-map.module.css'

interface MapCanvasProps {
  readonly world: readonly MapCell[] | undefined
  /** The places in view, where something narrows them. */
  readonly matches: readonly MapCell[] | undefined
}

/** Takes its colours from the style sheet when it is drawn: give it another key when they change. */
export function MapCanvas({ world, matches }: MapCanvasProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { width, height } = useElementSize(canvas)

  useEffect(() => {
    const element = canvas.current
    if (element === null || world === undefined || width === 0) return
    element.width = Math.round(width * devicePixelRatio)
    element.height = Math.round(height * devicePixelRatio)
    const { color, accentColor } = getComputedStyle(element)
    drawMap(element, { world, matches, worldColor: color, matchColor: accentColor })
  }, [world, matches, width, height])

  return <canvas ref={canvas} className={styles.canvas} />
}
