import type { DataSyncError } from '../errors.ts'
import type { LiveQueryReport } from '../database-reports.ts'
import type { WireStatement } from '../link/protocol.ts'
import type { LiveUpdate, QueryExplanation, RunReport } from '../link/live-protocol.ts'
import type { WindowDirection } from '../link/window-protocol.ts'
import type { SqlRow } from '../values.ts'
import type { QueryObserver, QuerySnapshot } from './snapshot.ts'
import { fromErrorRecord } from '../link/error-record.ts'
import { notifyListeners } from '../notify-listeners.ts'
import { applyPatch } from './patch.ts'
import type { PageWindow } from './page-window.ts'
import { PENDING, PENDING_PAGES } from './pending-snapshot.ts'
import { reuseRows } from './reuse-rows.ts'
import { isSameSnapshot, keepEqualError } from './same-snapshot.ts'
import { staleSnapshot, type Seed } from './seed.ts'
import { createSettling, type Settling } from './settling.ts'
import type { KeptResults } from './kept-results.ts'

/** What a live query asks of whoever keeps it. */
export interface LiveQueryKeeper {
  /** Somebody wants its result: it has to be run, and kept up to date. */
  use(query: LiveQuery): void
  /** Perhaps nobody wants it any more. */
  release(query: LiveQuery): void
  /** Whether a run was asked for, which ends by `endRefetch`; if not, `use` will bring a first run. */
  requestRefetch(query: LiveQuery): boolean
  /** Whether a move was asked for, which ends by `endMove`; if not, `use` will bring it about. */
  requestMove(query: LiveQuery, to: WindowDirection): boolean
  /** How the engine tracks it, once it knows of it. */
  explain(query: LiveQuery): Promise<Omit<QueryExplanation, 'lastRun'>>
  /** Its snapshot is another one: its listeners have to be notified. */
  noteChange(query: LiveQuery): void
}

/** One live query on the page: its rows, its state, and who listens. */
export class LiveQuery implements QueryObserver {
  readonly key: string
  readonly statement: WireStatement
  /** Which part of the result is shown, if not all of it. */
  readonly window: PageWindow | undefined
  readonly #keeper: LiveQueryKeeper
  readonly #listeners = new Set<() => void>()
  #live = 0
  #snapshot: QuerySnapshot
  /** The rows that the next patch starts from. */
  #base: readonly SqlRow[] = []
  /** Whether the next rows come from an engine that does not know which ones are shown. */
  #isTakenOver = false
  /** The rows of a server. */
  #seed: Seed | undefined
  /** Where its last result is kept, if it is. */
  #kept: KeptResults | undefined
  #wasSubscribedTo = false
  #loading: Settling | undefined
  #refetching: Settling | undefined
  #refetches = 0
  #runs = 0
  #totalMs = 0
  #lastRun: RunReport | undefined

  constructor(key: string, statement: WireStatement, keeper: LiveQueryKeeper, window?: PageWindow) {
    this.key = key
    this.statement = statement
    this.#keeper = keeper
    this.window = window
    this.#snapshot = this.#pending
  }

  /** The number that the engine knows it by, for as long as it is kept up to date. */
  get live(): number {
    return this.#live
  }

  /**
   * It is kept up to date from now on. Under another number each time: news of the time before, which
   * may still be on its way, would be taken for news of this one.
   */
  enter(live: number): void {
    this.#live = live
  }

  readonly getSnapshot = (): QuerySnapshot => this.#snapshot

  readonly getServerSnapshot = (): QuerySnapshot => this.#seed?.snapshot ?? PENDING

  /** Shows the rows of a server until there are live ones, or has them hydrated if there are. */
  seed(seed: Seed): void {
    this.#seed = seed
    if (!seed.isSpent) this.#showStale(seed.snapshot.data)
  }

  /** Keeps its result from now on, and shows what was kept if there is nothing better. */
  keepIn(kept: KeptResults): void {
    if (this.#kept !== undefined) return
    this.#kept = kept
    const { data, isStale } = this.#snapshot
    if (data === undefined) this.#showStale(kept.recall(this.key))
    else if (!isStale) kept.keep(this.key, data)
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    // The same function given twice is two subscriptions.
    const subscription = (): void => listener()
    this.#listeners.add(subscription)
    this.#wasSubscribedTo = true
    this.#keeper.use(this)
    return () => {
      if (this.#listeners.delete(subscription)) this.#keeper.release(this)
    }
  }

  readonly load = (): Promise<void> => {
    if (this.#loading === undefined) {
      this.#loading = createSettling()
      const { status, isStale } = this.#snapshot
      if (status === 'pending' || isStale) this.#keeper.use(this)
      if (status !== 'pending') this.#loading.settle()
    }
    return this.#loading.promise
  }

  readonly refetch = (): Promise<void> => {
    if (!this.#keeper.requestRefetch(this)) {
      if (this.#snapshot.status === 'pending') return this.load()
      this.#refetching ??= createSettling()
      this.#show({ ...this.#snapshot, isFetching: true })
      this.#keeper.use(this)
      return this.#refetching.promise
    }
    this.#refetches += 1
    this.#refetching ??= createSettling()
    this.#show({ ...this.#snapshot, isFetching: true })
    return this.#refetching.promise
  }

  /** Shows another page, where it has pages. */
  move(to: WindowDirection): Promise<void> {
    const { window } = this
    if (window === undefined || this.#snapshot.status === 'pending') return this.load()
    const { hasNext, hasPrevious } = window.describe()
    const isPossible = to === 'next' ? hasNext : hasPrevious
    const moving = window.moving(to)
    if (moving !== undefined || !isPossible) return moving ?? Promise.resolve()
    const end = window.begin(to)
    this.#show(this.#snapshot)
    if (!this.#keeper.requestMove(this, to)) this.#keeper.use(this)
    return end
  }

  readonly explain = async (): Promise<QueryExplanation> => {
    await (this.#snapshot.isStale ? this.refetch() : this.load())
    return { ...(await this.#keeper.explain(this)), lastRun: this.#lastRun }
  }

  get subscribers(): number {
    return this.#listeners.size
  }

  /** Whether somebody listens, or waits for a result. */
  get isWanted(): boolean {
    const isAwaited = this.#refetching?.isPending === true || this.window?.isMoving === true
    return this.#listeners.size > 0 || this.isLoading || isAwaited
  }

  get isLoading(): boolean {
    return this.#loading?.isPending === true
  }

  /** Whether it was loaded for somebody who has yet to come and subscribe. */
  get isUnclaimed(): boolean {
    return this.#loading !== undefined && !this.#wasSubscribedTo
  }

  get report(): LiveQueryReport {
    return {
      sql: this.statement.sql,
      parameters: this.statement.parameters,
      subscribers: this.#listeners.size,
      runs: this.#runs,
      totalMs: this.#totalMs,
      lastRun: this.#lastRun,
    }
  }

  /**
   * An engine that knows nothing of this query is about to run it for the first time. Quietly, if the rows that
   * are shown are as good as any until then.
   */
  begin(isQuiet: boolean): void {
    this.#base = []
    this.#isTakenOver = this.#snapshot.data !== undefined
    this.#refetches = 0
    if (!isQuiet || this.#snapshot.status !== 'success') this.#show({ ...this.#snapshot, isFetching: true })
  }

  apply({ run, patch, error, window }: LiveUpdate): void {
    this.#runs += 1
    this.#totalMs += run.durationMs
    this.#lastRun = run
    if (patch !== undefined) this.#base = applyPatch(this.#base, patch)
    this.window?.apply(window)
    const isFetching = this.#refetches > 0
    if (error !== undefined) {
      const { data, isStale } = this.#snapshot
      this.#show({ status: 'error', data, error: fromErrorRecord(error), isFetching, isStale })
    } else {
      const data = this.#shownRows()
      this.#show({ status: 'success', data, error: undefined, isFetching, isStale: false })
      if (this.#seed !== undefined) this.#seed.isSpent = true
      this.#kept?.keep(this.key, data)
    }
    if (!isFetching) this.#endRefetches()
  }

  /** The run that was requested is over; what it brought was applied before. */
  endRefetch(): void {
    this.#refetches = Math.max(0, this.#refetches - 1)
    if (this.#refetches > 0 || this.#snapshot.status === 'pending') return
    this.#show({ ...this.#snapshot, isFetching: false })
    this.#endRefetches()
  }

  /** The move that was asked for is over, like a run. */
  endMove(to: WindowDirection): void {
    this.window?.settle(to)
    this.#show(this.#snapshot)
  }

  fail(error: DataSyncError): void {
    this.window?.settle()
    this.#show({ ...this.#snapshot, status: 'error', error, isFetching: false })
    this.#endRefetches()
  }

  /**
   * Forgets the result: it is no longer kept up to date, and an old one must not be shown as the latest. One that
   * is stale already, or is kept, is shown as what it is.
   */
  reset(): void {
    this.#base = []
    this.#isTakenOver = false
    this.window?.reset()
    const { data, isStale } = this.#snapshot
    const isShown = isStale || this.#kept !== undefined
    this.#snapshot = isShown && data !== undefined ? staleSnapshot(data) : this.#pending
    this.#wasSubscribedTo = false
    this.#loading = undefined
    this.#endRefetches()
  }

  notify(): void {
    notifyListeners(this.#listeners)
  }

  #showStale(rows: readonly SqlRow[] | undefined): void {
    const { data, isStale, error, isFetching } = this.#snapshot
    if (rows === undefined || (data !== undefined && !isStale)) return
    const status = error === undefined ? 'success' : 'error'
    // Whoever subscribes next has seen them.
    if (this.#live === 0) this.#snapshot = staleSnapshot(rows)
    else this.#show({ status, data: rows, error, isFetching, isStale: true })
  }

  #shownRows(): readonly SqlRow[] {
    if (this.#isTakenOver) this.#base = reuseRows(this.#snapshot.data ?? [], this.#base)
    this.#isTakenOver = false
    return this.window?.cut(this.#base, this.#snapshot.data) ?? this.#base
  }

  get #pending(): QuerySnapshot {
    return this.window === undefined ? PENDING : PENDING_PAGES
  }

  #endRefetches(): void {
    this.#refetches = 0
    this.#refetching?.settle()
    this.#refetching = undefined
  }

  #show(next: QuerySnapshot): void {
    const kept = { ...keepEqualError(this.#snapshot, next), ...this.window?.describe() }
    if (isSameSnapshot(this.#snapshot, kept)) return
    this.#snapshot = Object.freeze(kept)
    if (kept.status !== 'pending') this.#loading?.settle()
    this.#keeper.noteChange(this)
  }
}
