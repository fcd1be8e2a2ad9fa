import type { View } from '../view/view.ts'
import type { Countries } from './use-countries.ts'

/** What the sidebar and the toolbar, its narrow counterpart, are given. */
export interface FilterProps {
  readonly view: View
  readonly countries: Countries
  readonly onChange: (change: Partial<View>) => void
}
