/** A table or view that a random statement can name. */
export interface Relation {
  readonly kind: 'table' | 'view' | 'text-index' | 'spatial-index'
  readonly name: string
  readonly columns: readonly string[]
  /** Those that can be written. */
  readonly writable: readonly string[]
  /** What tells a row from every other one: the rowid, or the primary key where there is none. */
  readonly key: readonly string[]
}
