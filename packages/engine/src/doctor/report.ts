import type { StorageStatus } from '../link/protocol.ts'
import type { DoctorFinding } from './finding.ts'
import type { ServedFile } from './served-file.ts'

/** What `db.doctor()` has found. */
export interface DoctorReport {
  /** Whether nothing keeps the database from working: there is no finding of the severity `'error'`. */
  readonly isHealthy: boolean
  /** The gravest first. Empty where there is nothing to say. */
  readonly findings: readonly DoctorFinding[]
  readonly facts: DoctorFacts
}

/** What was looked at, to be sent along with a report of a fault. */
export interface DoctorFacts {
  readonly userAgent: string
  /** Whether the page came by HTTPS, or from this very machine. */
  readonly isSecureContext: boolean
  /** Whether the page is isolated by COOP and COEP, so that memory can be shared with workers. */
  readonly isIsolated: boolean
  /** Copies of the engine on this page that have made a database. */
  readonly engines: number
  /** Where the database is kept; undefined if it is not open. */
  readonly storage: StorageStatus | undefined
  /**
   * Bytes that this origin may use, as the browser tells it, and uses; undefined where it does not tell. Chromium adds some
   * GiB to what is used, whatever there is.
   */
  readonly quota: number | undefined
  readonly usage: number | undefined
  /** Whether the browser has promised to keep the data when it is short of room. */
  readonly persisted: boolean | undefined
  /** How SQLite's WebAssembly file was served to the worker; undefined if the database is not open. */
  readonly wasm: ServedFile | undefined
}
