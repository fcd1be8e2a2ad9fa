import { SCOPES, sortToText, textToSort } from './view.ts'
import type { View } from './view.ts'

/** The query string of a view: empty for the default one. */
export function viewToQueryString(view: View): string {
  const parameters = new URLSearchParams()
  if (view.scope !== 'all') parameters.set('show', view.scope)
  if (view.search.trim() !== '') parameters.set('q', view.search)
  if (view.country !== undefined) parameters.set('country', view.country)
  if (view.sort !== undefined) parameters.set('sort', sortToText(view.sort))
  const text = parameters.toString()
  return text === '' ? '' : `?${text}`
}

/** The view of a query string; what it cannot say is left at its default. */
export function queryStringToView(queryString: string): View {
  const parameters = new URLSearchParams(queryString)
  const country = parameters.get('country') ?? ''
  return {
    scope: SCOPES.find((scope) => scope === parameters.get('show')) ?? 'all',
    search: parameters.get('q') ?? '',
    country: /^[A-Z]{2}$/.test(country) ? country : undefined,
    sort: textToSort(parameters.get('sort') ?? ''),
  }
}
