import { titles, type Todo } from '@datasync/conformance'
import type { LiveQuery } from '../../src/index.ts'

/** What a query has to show, in words. */
export const textOf = (query: LiveQuery<readonly Todo[]>): string =>
  query.error?.code ?? (query.isPending ? 'pending' : (titles(query.data)?.join(' ') ?? ''))
