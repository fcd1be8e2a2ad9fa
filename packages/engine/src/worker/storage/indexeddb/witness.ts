/**
 * What is known outside of IndexedDB of the newest commit in it. Browsers can lose all databases of an
 * origin at once, for example when they are killed at the wrong moment (google/leveldb, issue 1287): the
 * witness tells such a loss from a database that never was.
 */
export interface Witness {
  /** The id of the database. */
  readonly id: string
  readonly commit: number
}

/** Where a witness is kept. */
export interface WitnessKeeper {
  read(): Witness | undefined
  /** Cheap enough for every commit: it survives the loss of this process, not that of power. */
  write(witness: Witness): void
  close(): void
}
