import { fromErrorRecord } from '../../src/link/error-record.ts'
import type { LiveUpdate, Patch, RunReport } from '../../src/link/live-protocol.ts'
import { applyPatch } from '../../src/live/patch.ts'
import type { DataSyncError } from '../../src/errors.ts'
import type { WindowState } from '../../src/link/window-protocol.ts'
import type { SqlParameters, SqlRow } from '../../src/values.ts'

/** One state of a live query that its page was shown. */
export interface Delivery {
  /** The commit that the message was marked with. */
  readonly commit: number
  readonly rows: readonly SqlRow[]
  readonly patch: Patch
}

/** A live query as a page holds it, with everything that was ever delivered to it. */
export class LiveProbe {
  readonly live: number
  readonly sql: string
  readonly parameters: SqlParameters
  readonly deliveries: Delivery[] = []
  /** Every run that the engine reported, whether or not it changed anything. */
  readonly runs: RunReport[] = []
  rows: readonly SqlRow[] = []
  error: DataSyncError | undefined
  /** Which part of the result it is shown, if not all of it. */
  window: WindowState | undefined

  constructor(live: number, sql: string, parameters: SqlParameters) {
    this.live = live
    this.sql = sql
    this.parameters = parameters
  }

  apply({ run, patch, error, window }: LiveUpdate, commit: number): void {
    this.window = window
    this.runs.push(run)
    this.error = error && fromErrorRecord(error)
    if (patch === undefined) return
    this.rows = applyPatch(this.rows, patch)
    this.deliveries.push({ commit, rows: this.rows, patch })
  }
}
