/** A random statement that reads, and what it says of the order of its rows. */
export type RandomQuery =
  | { readonly order: 'none' | 'whole'; readonly sql: string }
  | {
      readonly order: 'ranked'
      readonly sql: string
      /** The same rows without the order, each with its rank in that. */
      readonly ranked: string
    }

/** The column of the rank. */
export const RANK = 'rank_'

/** Its rows are determined by what it reads, their order is not. */
export function unordered(sql: string): RandomQuery {
  return { order: 'none', sql }
}
