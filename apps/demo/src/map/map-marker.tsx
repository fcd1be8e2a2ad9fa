import type { ReactNode } from 'react'
import { useReadable } from '../common/use-readable.ts'
import { markedPlace } from './marked-place.ts'
import { project } from './project.ts'
import styles from './world-map.module.css'

export function MapMarker(): ReactNode {
  const place = useReadable(markedPlace)
  if (place === undefined) return null
  const { x, y } = project(place.latitude, place.longitude)
  return <span className={styles.marker} style={{ left: `${x * 100}%`, top: `${y * 100}%` }} />
}
