import type { ReactNode } from 'react'
import { countryName } from '../data/country-name.ts'
import { useImport } from '../import/use-import.ts'
import { DEFAULT_VIEW } from '../view/view.ts'
import type { Scope, View } from '../view/view.ts'
import styles from './empty-table.module.css'

const PLACE_OF_SCOPE: Readonly<Record<Scope, string>> = {
  all: 'place',
  favourites: 'favourite',
  notes: 'place with a note',
}

interface EmptyTableProps {
  readonly view: View
  readonly onChange: (change: Partial<View>) => void
}

/** Why there is nothing, and the way on. */
export function EmptyTable({ view, onChange }: EmptyTableProps): ReactNode {
  const isImporting = useImport().phase !== 'complete'
  const { title, text } = describe(view, isImporting)
  const isNarrowed = view.search !== '' || view.country !== undefined
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      <p>{text}</p>
      {isNarrowed ? (
        <button
          type="button"
          className="button"
          onClick={() => onChange({ search: DEFAULT_VIEW.search, country: DEFAULT_VIEW.country })}
        >
          Clear search and country
        </button>
      ) : null}
    </div>
  )
}

function describe(view: View, isImporting: boolean): { readonly title: string; readonly text: string } {
  const where = view.country === undefined ? '' : ` in ${countryName(view.country)}`
  const search = view.search.trim()
  if (search !== '') {
    const text = isImporting
      ? 'It may still be on its way.'
      : 'Each word is looked for at the beginning of a word.'
    return { title: `No ${PLACE_OF_SCOPE[view.scope]}${where} matches “${search}”`, text }
  }
  switch (view.scope) {
    case 'favourites':
      return { title: `No favourites${where} yet`, text: 'Press the star of a place, and it is kept here.' }
    case 'notes':
      return { title: `No notes${where} yet`, text: 'Write something about a place, and it is kept here.' }
    case 'all':
      return {
        title: isImporting ? `No places${where} yet` : `No places${where}`,
        text: isImporting ? 'They arrive as the import goes on.' : 'Choose another country.',
      }
  }
}
