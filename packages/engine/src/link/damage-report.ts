/** What a page of the database file is for. */
export type PageOwner =
  | { readonly kind: 'table'; readonly name: string }
  | { readonly kind: 'index'; readonly name: string; readonly table: string }
  /** SQLite's own table of what there is. */
  | { readonly kind: 'schema' }
  /** Nothing: it waits to be used again. */
  | { readonly kind: 'free' }
  /** SQLite's account of who refers to which page, in a database that vacuums itself. */
  | { readonly kind: 'pointer-map' }

/** A block of the stored file that is not what was written. */
export interface BadBlock {
  readonly file: string
  /** Blocks have 4 KiB and are counted from 0. */
  readonly block: number
  /** SQLite counts pages from 1: it is the next number. */
  readonly page: number
  /** Undefined if the pages that would tell cannot be read either. */
  readonly owner: PageOwner | undefined
  readonly reason: string
}

/** A row whose foreign key refers to a row that is not there. */
export interface ForeignKeyViolation {
  readonly table: string
  /** Of a table that has them. */
  readonly rowid: number | bigint | undefined
  readonly parent: string
}

/** What `db.verify()` found. */
export interface VerifyReport {
  /** How many blocks were read. */
  readonly checked: number
  readonly badBlocks: readonly BadBlock[]
  /** How many pages nothing leads to that can be read: what they are for, only damaged pages knew. Only of a full check. */
  readonly unreached: number
  /** What SQLite's own check says of each table and its indexes: nothing if all is well. Only of a full check. */
  readonly integrity: readonly string[]
  /** Only of a full check. */
  readonly foreignKeys: readonly ForeignKeyViolation[]
  /** Tables whose foreign keys were not looked at, as they or those they refer to are damaged. */
  readonly unchecked: readonly string[]
  /** Whether nothing was found. */
  readonly ok: boolean
}

/** What is known to be damaged of the stored database. */
export interface StorageDamage {
  readonly badBlocks: readonly BadBlock[]
  readonly integrity: readonly string[]
}

/** An index that could not be built anew from its table. */
export interface FailedIndex {
  readonly name: string
  /** For example that rows are alike which a UNIQUE keeps from being so. */
  readonly reason: string
}

/** What `db.repair()` did. */
export interface RepairReport {
  /** Indexes that were built anew from their tables. */
  readonly rebuiltIndexes: readonly string[]
  /** Indexes that could not be, and are left as they were. */
  readonly failedIndexes: readonly FailedIndex[]
  /** Free blocks that were damaged, and were given up. */
  readonly droppedBlocks: readonly number[]
  /** Blocks whose content was still in memory, and was stored again. */
  readonly rewrittenBlocks: readonly number[]
  /** What is still damaged: rows are lost there, or may be. */
  readonly remaining: readonly BadBlock[]
  /** What SQLite's own check says afterwards: nothing if all is well. */
  readonly integrity: readonly string[]
  /** Whether nothing damaged is left. */
  readonly ok: boolean
}

/** Rows that could not be read, by the key that SQLite numbers rows by, both ends included. */
export interface LostRange {
  /** Undefined if there may be any number of rows before, or the table has no such key. */
  readonly from: number | bigint | undefined
  readonly to: number | bigint | undefined
  /** The page that held them, or led to them. */
  readonly page: number
  readonly reason: string
}

export interface SalvagedTable {
  readonly name: string
  /** How many rows were read. */
  readonly rows: number
  /** Where rows may be missing: nothing if all are there. */
  readonly lostRanges: readonly LostRange[]
}

/** What a salvaged file has of the database, and what it lacks. */
export interface SalvageReport {
  readonly tables: readonly SalvagedTable[]
  /** Indexes, and search indexes of virtual tables, that were built anew. */
  readonly rebuilt: readonly string[]
  /** Pages on which definitions of tables, indexes, views or triggers are lost, and their rows with them. */
  readonly lostSchema: readonly LostRange[]
  /** What could not be brought in order, in words. */
  readonly problems: readonly string[]
  /** Whether the file has all that the database had. */
  readonly isComplete: boolean
}

/** How much is looked at as the database is opened. */
export type CheckAtOpen = 'sample' | 'full' | 'none'

/** Every block, or the header, the schema and so many others by chance. */
export type VerifyExtent = { readonly full: true } | { readonly sample: number }
