/** How far an import has come. */
export interface OldImportProgress {
  /** Bytes that were read of the old database, with what lies beside it. */
  readonly bytes: number
  readonly totalBytes: number
}

export interface OldImportOptions {
  /**
   * The `user_version` that the content is given: the number of migrations whose result it already has, so
   * that those after them are run. Left out, it keeps its own.
   */
  readonly schemaVersion?: number | undefined
  /** A script that is run on the content before it takes its place, to drop or to rename what is old. */
  readonly prepare?: string | undefined
  /**
   * Whether it is done once (the default): the content carries a mark, by which the next start leaves it as it
   * is.
   */
  readonly once?: boolean | undefined
  /** Whether there may be nothing to import, which is `import-missing` otherwise. */
  readonly optional?: boolean | undefined
  /** Whether rows that are in the database may be lost, which is `import-refused` otherwise. */
  readonly replace?: boolean | undefined
  /** Whether the old data is removed, once all that was stored has been read back and checked. */
  readonly removeOld?: boolean | undefined
  /** Milliseconds to wait for the lock of the old library: 10,000 if left out. */
  readonly timeout?: number | undefined
  readonly onProgress?: ((progress: OldImportProgress) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/** What an import has come to. */
export type OldImportOutcome =
  | {
      readonly status: 'imported'
      /** How many rows each table has, by name: as many in the file that was read as in what was stored. */
      readonly rows: ReadonlyMap<string, number>
      /** The size of the old database, with what lay beside it. */
      readonly bytes: number
      readonly removedOld: boolean
    }
  | {
      readonly status: 'already-imported'
      /** Whether the old data was there still, unchanged, and was removed now. */
      readonly removedOld: boolean
    }
  | { readonly status: 'nothing-found' }
