import type { SqlRow } from '../values.ts'
import type { QuerySnapshot } from './snapshot.ts'

/** What a query shows before the engine is there: the rows that a server had. */
export interface Seed {
  /** What the server drew, and the first render of the page has to draw again. */
  readonly snapshot: QuerySnapshot
  /** Once there were live rows, older ones are never shown again. */
  isSpent: boolean
}

/** How a handle is given seeds, by whichever copy of this package. */
export const SEED: unique symbol = Symbol.for('datasync.seed') as never

/** A handle that can be given seeds. */
export interface Seedable {
  readonly [SEED]?: (key: string, seed: Seed) => void
}

/** What is shown of rows that are not live. */
export function staleSnapshot(data: readonly SqlRow[]): QuerySnapshot {
  return Object.freeze({ status: 'success', data, error: undefined, isFetching: true, isStale: true })
}
