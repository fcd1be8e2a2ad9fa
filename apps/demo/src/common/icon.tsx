import type { ReactNode } from 'react'
import { ICON_PATHS } from './icon-paths.ts'

export type IconName = keyof typeof ICON_PATHS

/** A drawing beside words that say the same, so it is hidden from screen readers. */
export function Icon({
  name,
  filled = false,
}: {
  readonly name: IconName
  readonly filled?: boolean
}): ReactNode {
  return (
    <svg
      aria-hidden="true"
      className="icon"
      viewBox="0 0 24 24"
      fill={filled ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={name === 'menu' ? 3 : 1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={ICON_PATHS[name]} />
    </svg>
  )
}
