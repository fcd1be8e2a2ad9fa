import type { ColumnBlock } from '../../link/protocol.ts'
import type { Patch, RunCause } from '../../link/live-protocol.ts'
import type { LiveQueryOwner } from './live-queries.ts'
import type { LiveQuery, RunOutcome } from './live-query.ts'
import type { LiveWindow } from './windows/live-window.ts'
import { diff, wholePatch } from './differ.ts'

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
  readonly window: LiveWindow | undefined
  #query: LiveQuery
  /** Whether it was sent the query's last result, from which patches start. */
  #hasResult = false
  /** What it was sent last, if that was a result of another query than it has now. */
  #shown: ColumnBlock | undefined

  constructor(owner: LiveQueryOwner, live: number, query: LiveQuery, window?: LiveWindow) {
    this.owner = owner
    this.live = live
    this.#query = query
    this.window = window
  }

  get query(): LiveQuery {
    return this.#query
  }

  /** It is shown another query from now on, by what differs. Before that or its own are run again. */
  moveTo(query: LiveQuery): void {
    if (this.#hasResult) this.#shown ??= this.#query.result
    this.#query = query
  }

  /** Tells of a run. What it asked for, it is told even if nothing in it is new. */
  tell({ cause, durationMs, outcome }: LiveRun, asked: RunCause | undefined): void {
    const { error, hasNews, rowsRead } = outcome
    const patch = this.#patchOf(outcome)
    if (patch === undefined && !hasNews && asked === undefined && !this.owner.isInspecting) return
    if (patch !== undefined) this.#hasResult = true
    const rowCount = Math.min(this.query.rowCount, this.window?.state.rows ?? Infinity)
    const run = { cause: asked ?? cause, durationMs, rowCount, rowsRead, changed: patch !== undefined }
    this.owner.update({ live: this.live, run, patch, error, window: this.window?.state })
  }

  #patchOf({ patch, error }: RunOutcome): Patch | undefined {
    if (error !== undefined) return this.#shown === undefined ? patch : undefined
    if (this.#hasResult && this.#shown === undefined) return patch
    const { result, keys } = this.query
    const shown = this.#shown
    if (result === undefined) return shown === undefined ? patch : undefined
    this.#shown = undefined
    return shown === undefined ? wholePatch(result) : diff(shown, result, keys)
  }
}
