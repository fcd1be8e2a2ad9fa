import { PLACE_TOTAL } from 'virtual:places'
import { formatCount } from '../common/format.ts'
import { database } from '../data/database.ts'
import { importProgress } from '../import/import-statements.ts'

/** How many places there are, kept up to date: a live query needs no framework. */
export function showImport(element: HTMLElement): void {
  const progress = database.observe(importProgress())
  progress.subscribe(() => {
    const done = progress.getSnapshot().data?.[0]?.done
    if (done === undefined) return
    const total = formatCount(PLACE_TOTAL)
    element.textContent =
      done < PLACE_TOTAL ? `Importing ${formatCount(done)} of ${total} places` : `${total} places in one file`
  })
}
