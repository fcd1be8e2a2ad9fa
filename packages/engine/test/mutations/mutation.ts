/** A rule of the engine, and the same rule broken. */
export interface Mutation {
  readonly rule: string
  /** Below the folder of the sources. */
  readonly file: string
  readonly code: string
  readonly broken: string
}
