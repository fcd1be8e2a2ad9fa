import type { Patch, RunCause } from '../../link/live-protocol.ts'
import type { LiveQueryOwner } from './live-queries.ts'
import type { LiveQuery, RunOutcome } from './live-query.ts'
import { wholePatch } from './differ.ts'

/** A run of a live query, or that there was none. */
export interface LiveRun {
  readonly cause: RunCause
  readonly durationMs: number
  readonly outcome: RunOutcome
}

/** One subscription to a live query, which others may share: whose it is, and what it was told. */
export class LiveSubscriber {
  readonly owner: LiveQueryOwner
  readonly live: number
  readonly query: LiveQuery
  /** Whether it was sent the query's last result, from which patches start. */
  #hasResult = false

  constructor(owner: LiveQueryOwner, live: number, query: LiveQuery) {
    this.owner = owner
    this.live = live
    this.query = query
  }

  /** Tells of a run. What it asked for, it is told even if nothing in it is new. */
  tell({ cause, durationMs, outcome }: LiveRun, asked: RunCause | undefined): void {
    const { error, hasNews, rowsRead } = outcome
    const patch = this.#patchOf(outcome)
    if (patch === undefined && !hasNews && asked === undefined && !this.owner.isInspecting) return
    if (patch !== undefined) this.#hasResult = true
    const { rowCount } = this.query
    const run = { cause: asked ?? cause, durationMs, rowCount, rowsRead, changed: patch !== undefined }
    this.owner.update({ live: this.live, run, patch, error })
  }

  #patchOf({ patch, error }: RunOutcome): Patch | undefined {
    if (this.#hasResult || error !== undefined) return patch
    const { result } = this.query
    return result === undefined ? patch : wholePatch(result)
  }
}
