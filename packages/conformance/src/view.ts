// What the components of all drivers write. An entry of its own, since servers import it too.
import type { DataSyncError } from '@datasync/engine'
import type { Todo } from './todos.ts'

/** How many rows a view shows of a long list. */
const SHOWN = 20

/** The rows of which a view makes `<li>`, keyed by `id`, with the title in them. */
export function shownRows(data: readonly Todo[] | undefined): readonly Todo[] {
  return data?.slice(0, SHOWN) ?? []
}

/** What a view writes into the `<p>` of an error. */
export function shownError(error: DataSyncError): string {
  return `error ${error.code}`
}

/** What a view writes into the `<p>` of a result that is pending. */
export const SHOWN_PENDING = 'pending'

/** The words on the page. */
export function textOf(container: Element): string {
  return Array.from(container.querySelectorAll('p, li'), ({ textContent }) => textContent).join(' ')
}
