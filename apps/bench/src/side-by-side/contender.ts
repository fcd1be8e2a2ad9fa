import type { RecordStore, TableShape } from './record-store.ts'
import type { SqlSession } from './sql-session.ts'

/** When a write is acknowledged, from the safest on. What it means for whom is in docs/benchmarks.md. */
export type Durability = 'strict' | 'relaxed' | 'none'

/** Who takes part, as the runner knows them. */
export interface ContenderInfo {
  /** Unique, and short enough for a plot. */
  readonly name: string
  /** The npm package and its exact version. */
  readonly made: string
  readonly durability: Durability
  /** Why nothing can be read again, if so. */
  readonly forgets: string | undefined
  /** Why it is left out of the quick set, if so. */
  readonly isOnlyInFull: boolean
}

/** Two ways to be asked: by everyone who speaks SQL, and by everyone who keeps records by key and index. */
export type OpenDatabase =
  ({ readonly kind: 'sql' } & SqlSession) | ({ readonly kind: 'records' } & RecordStore)

/** A contender as its page has it, as its own documentation recommends. */
export interface Contender {
  /** Opens one of its databases, with these tables where tables are made as a database is opened. */
  open(database: string, tables: readonly TableShape[]): Promise<OpenDatabase>
}
