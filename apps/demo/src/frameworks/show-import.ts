import { PLACE_TOTAL } from 'virtual:places'
import { formatCount } from '../common/format.ts'
import { database } from '../data/database.ts'
import { importState, type ImportState } from '../import/import-state.ts'
import { importProgress } from '../import/import-statements.ts'
import { importer } from '../import/importer.ts'

/** How far the import is, kept up to date, and the button to go on: a live query needs no framework. */
export function showImport(report: HTMLElement, resume: HTMLElement): void {
  const progress = database.observe(importProgress())
  const show = (): void => {
    const state = importState(progress.getSnapshot().data?.[0], importer.activity.getSnapshot())
    report.textContent = describeImport(state)
    resume.hidden = state.phase !== 'stopped' && state.phase !== 'failed'
    resume.textContent = state.phase === 'failed' ? 'Try again' : 'Resume'
  }
  resume.addEventListener('click', () => void importer.start())
  progress.subscribe(show)
  importer.activity.subscribe(show)
}

function describeImport(state: ImportState): string {
  const total = formatCount(PLACE_TOTAL)
  switch (state.phase) {
    case 'unknown':
      return ''
    case 'complete':
      return `${total} places in one file`
    case 'running':
    case 'stopping':
      return `Importing ${formatCount(state.done)} of ${total} places`
    case 'stopped':
      return `Import stopped at ${formatCount(state.done)} of ${total} places`
    case 'failed':
      return `The import failed at ${formatCount(state.done)} of ${total} places`
  }
}
