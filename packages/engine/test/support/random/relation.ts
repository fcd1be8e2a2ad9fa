/** A table or view that a random statement can name. */
export interface Relation {
  readonly kind: 'table' | 'view' | 'text-index'
  readonly name: string
  readonly columns: readonly string[]
  /** Those that can be written. */
  readonly writable: readonly string[]
}
