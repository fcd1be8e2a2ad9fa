import type { ReactNode } from 'react'

const PATHS = {
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5 20.5 20.5',
  close: 'M6 6l12 12M18 6 6 18',
  menu: 'M5 12h.01M12 12h.01M19 12h.01',
  star: 'm12 3.6 2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8-4.2-4.1 5.8-.8Z',
  note: 'M5 19.2l.8-3.9L16.4 4.7a1.9 1.9 0 0 1 2.7 0l.2.2a1.9 1.9 0 0 1 0 2.7L8.8 18.2 5 19.2Z',
  globe:
    'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM3.5 12h17M12 3.5c5 5 5 12 0 17M12 3.5c-5 5-5 12 0 17',
  download: 'M12 4v11M7.5 10.5 12 15l4.5-4.5M5 20h14',
  restart: 'M5 5v5h5M5.6 10a7.5 7.5 0 1 1-.7 5',
  pulse: 'M3 12h4l2.5-6 5 12L17 12h4',
  up: 'M12 19V6M6.5 11.5 12 6l5.5 5.5',
  down: 'M12 5v13M6.5 12.5 12 18l5.5-5.5',
  chevron: 'm7 10 5 5 5-5',
} as const

export type IconName = keyof typeof PATHS

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
      <path d={PATHS[name]} />
    </svg>
  )
}
