/** A row as a list of its values. */
export type Row = readonly unknown[]

/** A library that an app has used before, with one of its databases open. */
export interface OldLibrary {
  /** Runs statements. */
  exec(script: string): Promise<void>
  /** Its own answer, which is the oracle of what is imported. */
  query(sql: string): Promise<readonly Row[]>
  close(): Promise<void>
}
