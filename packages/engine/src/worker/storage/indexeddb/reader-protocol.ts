/** The name by which the script of the worker knows that it is to read extents, and not to be an engine. */
export const READER_WORKER = 'datasync-reader'

/** What the engine's worker first tells the one that reads for it, which answers that it is there. */
export interface ReaderSetup {
  /** Of the IndexedDB database. */
  readonly name: string
  /** Where all answers go. */
  readonly answers: SharedArrayBuffer
}

export interface ReadRequest {
  readonly id: number
  readonly extents: readonly number[]
}
