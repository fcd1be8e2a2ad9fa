import type { Durability } from '../../../link/protocol.ts'

/** What is stored of a database as a whole, as of its newest commit. */
export interface DatabaseRecord {
  readonly format: number
  /** Tells this database from another one of the same name. */
  readonly id: string
  /** The number of the newest commit; each takes the next one. */
  readonly commit: number
  /** How many times the database was opened for writing. */
  readonly epoch: number
  /** Bytes of the SQLite file. */
  readonly size: number
  readonly blockSize: number
  readonly blocksPerExtent: number
  readonly checksum: string
  readonly codec: 'none'
  readonly keyId: null
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly updatedAt: number
  /** Extents to be read together with the next opening, being those that were first asked for. */
  readonly warm: readonly number[]
  /** A commit that is being moved from its parts to its place. */
  readonly applying: ApplyingCommit | null
}

export interface ApplyingCommit {
  readonly epoch: number
  readonly commit: number
  /** A digest of each part. */
  readonly parts: readonly string[]
  /** How many of them are in their place. */
  readonly applied: number
}

/** One commit: what becomes of the stored extents, all or nothing. */
export interface ExtentCommit {
  readonly commit: number
  readonly size: number
  readonly records: readonly (readonly [extent: number, record: Uint8Array<ArrayBuffer>])[]
  /** Extents from this one on are removed. */
  readonly extentCount: number
  readonly durability: Durability
  readonly warm?: readonly number[] | undefined
}

export interface OpenedSource {
  readonly record: DatabaseRecord
  /** Whether a commit was found that was declared and not all in its place, and was finished. */
  readonly hasFinished: boolean
  /** The newest commit before this opening, which is one itself, unless there was no room for it. */
  readonly foundCommit: number
  /** Extents that were read on the way. */
  readonly extents: ReadonlyMap<number, Uint8Array>
}

/** What a database is made with; one that exists keeps what it was made with. */
export interface CreationOptions {
  readonly blocksPerExtent: number
  readonly checksum: string
}

/** Where extents are stored, each a record of bytes. It knows nothing of what is in them. */
export interface ExtentSource {
  /** Takes the database over for writing. `wantsAll` says whether to read all of it on the way. */
  open(creation: CreationOptions, wantsAll: (record: DatabaseRecord) => boolean): Promise<OpenedSource>
  /** Those of the extents that there are. */
  read(extents: readonly number[]): Promise<ReadonlyMap<number, Uint8Array>>
  /** The same while this thread stands still, where that is possible. */
  readonly readNow?: ((extents: readonly number[]) => ReadonlyMap<number, Uint8Array>) | undefined
  /** Fulfils once the commit is stored; rejects if it is not, or if nobody can tell. */
  commit(commit: ExtentCommit): Promise<void>
  close(): Promise<void>
}
