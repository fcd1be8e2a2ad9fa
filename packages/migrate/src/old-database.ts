/** One file of an old database. */
export interface OldFile {
  /** In bytes. */
  readonly size: number
  /** The bytes from the beginning, in pieces of some hundred kilobytes. */
  readonly read: (signal: AbortSignal | undefined) => AsyncIterable<Uint8Array>
}

/** The files of an old database, as SQLite left them. */
export interface OldFiles {
  readonly main: OldFile
  readonly journal?: OldFile | undefined
  readonly wal?: OldFile | undefined
  /** Told apart by it are two states of the same database. */
  readonly state: () => Promise<string>
}

/** A database of another library, wherever it keeps it. */
export interface OldDatabase {
  /** Stands in the mark of an import: never altered. */
  readonly id: string
  /** As it is called in messages. */
  readonly label: string
  /**
   * Lets `use` read it, while the old library is kept from writing where that can be. Undefined if there is
   * none, or nothing in it.
   *
   * @throws DataSyncError `import-in-use` or `import-damaged`
   */
  readonly open: <Result>(
    access: OldAccess,
    use: (files: OldFiles | undefined) => Promise<Result>,
  ) => Promise<Result>
  /** Removes it with all that lies beside it; false if the old library still holds it. */
  readonly remove: () => Promise<boolean>
}

export interface OldAccess {
  readonly timeout: number
  readonly signal: AbortSignal | undefined
}
