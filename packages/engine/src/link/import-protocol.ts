import type { OpenReply } from './protocol.ts'

/** What SQLite may have left beside a database: a rollback journal, or a write-ahead log. */
export type FileBeside = 'journal' | 'wal'

export interface ImportFinish {
  /** A script that is run on what was received, before it is taken over. */
  readonly prepare?: string | undefined
  /** Whether the rows of what is taken over are counted. */
  readonly countRows?: boolean | undefined
}

/** How many rows each table has, in the order of the names. */
export type RowCounts = readonly (readonly [string, number])[]

export interface ImportReply extends OpenReply {
  /** If that was asked. */
  readonly rows: RowCounts | undefined
}

/**
 * The bytes are collected beside the database; `importFinish` verifies and takes them over, while
 * `importCancel` drops them.
 */
export interface ImportRequestTypes {
  importOpen: { payload: null; reply: null }
  importChunk: {
    payload: { readonly bytes: Uint8Array; readonly beside?: FileBeside | undefined }
    reply: null
  }
  importFinish: { payload: ImportFinish; reply: ImportReply }
  importCancel: { payload: null; reply: null }
}
