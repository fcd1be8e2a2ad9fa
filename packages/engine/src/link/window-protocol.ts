import type { SqlValue } from '../values.ts'

/**
 * Where a window begins: with the row of these values in the order of its statement, or where it would stand if it is
 * gone; or, where the order does not tell rows apart, after so many.
 */
export type WindowEdge =
  | { readonly kind: 'row'; readonly values: readonly SqlValue[] }
  | { readonly kind: 'position'; readonly offset: number }

/** Which rows of a result a page is shown: at most `rows` from the edge on, or from the first one where there is none. */
export interface WindowState {
  readonly edge: WindowEdge | undefined
  readonly rows: number
}

export type WindowDirection = 'next' | 'previous'

/** Shows so many rows more, at the end or before the first one, and from the other end as few less as are above `most`. */
export interface WindowMove {
  readonly to: WindowDirection
  readonly rows: number
  readonly most: number
}
