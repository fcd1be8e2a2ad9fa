import type { DataSyncError } from '../errors.ts'
import type { LiveQueryReport } from '../database-reports.ts'
import type { RequestTypes, WireStatement } from '../link/protocol.ts'
import type { LiveUpdate } from '../link/live-protocol.ts'
import type { Readable } from './snapshot.ts'
import { fromErrorRecord } from '../link/error-record.ts'
import type { Answer, AnswerTo } from '../link/pending-request.ts'
import { valueOf } from '../link/value-of.ts'
import { notifyListeners } from '../notify-listeners.ts'
import { startQuietTimer } from '../quiet-timer.ts'
import type { WindowMove } from '../link/window-protocol.ts'
import { LiveQuery, type LiveQueryKeeper } from './live-query.ts'
import type { PageOptions } from './page-options.ts'
import { PageWindow } from './page-window.ts'
import type { Seed } from './seed.ts'
import { queryKey } from '../link/query-key.ts'

/**
 * Milliseconds for which a query that nobody wants any more is kept up to date, in case somebody
 * does again: a double mount, a change of route.
 */
const GRACE = 1000

type LiveRequestType = 'observe' | 'unobserve' | 'moveWindow' | 'refetch' | 'inspect'

/** How live queries reach the engine. */
export interface LiveLink {
  /** Opens the database if it is not open yet; whoever waits for it is told by `connected`. */
  open(): void
  /** Sends to the engine that was connected last. `settle` is called before listeners are notified. */
  send<Type extends LiveRequestType>(
    type: Type,
    payload: RequestTypes[Type]['payload'],
    settle: (answer: Answer<null>) => void,
  ): void
  explain(live: number): Promise<AnswerTo<'explain'>>
}

/** All live queries of a database on this page: one for each statement and its parameters. */
export class LiveRegistry {
  readonly #link: LiveLink
  /** Held weakly: whoever has an observer finds the same one again, and nobody has to give it back. */
  readonly #queries = new Map<string, WeakRef<LiveQuery>>()
  readonly #collected = new FinalizationRegistry<string>((key) => this.#forget(key))
  /** Those that are kept up to date, or will be once an engine is connected. */
  readonly #active = new Map<number, LiveQuery>()
  /** How to stop the timers of those that nobody wants. */
  readonly #leaving = new Map<LiveQuery, () => void>()
  readonly #changed = new Set<LiveQuery>()
  /** Kept when they are spent: what a server drew may be hydrated piece by piece, and much later. */
  readonly #seeds = new Map<string, Seed>()
  readonly #reportListeners = new Set<() => void>()
  /** Made when somebody asks: nobody does, as a rule. */
  #reports: readonly LiveQueryReport[] | undefined
  #areReportsDue = false
  #isInspecting = false
  #isConnected = false
  #lastLive = 0

  constructor(link: LiveLink) {
    this.#link = link
  }

  readonly reports: Readable<readonly LiveQueryReport[]> = {
    getSnapshot: () => {
      this.#reports ??= Object.freeze([...this.#active.values()].map((query) => query.report))
      return this.#reports
    },
    subscribe: (listener) => {
      const subscription = (): void => listener()
      this.#reportListeners.add(subscription)
      this.#inspect(true)
      return () => {
        this.#reportListeners.delete(subscription)
        this.#inspect(this.#reportListeners.size > 0)
      }
    },
  }

  /** Looks up or makes the query; fit to be called while rendering. */
  observe(statement: WireStatement, pages?: PageOptions): LiveQuery {
    const known = this.find(statement, pages)
    if (known !== undefined) {
      if (this.#leaving.has(known)) this.#leaveLater(known)
      return known
    }
    const key = keyOf(statement, pages)
    const query = new LiveQuery(key, statement, this.#keeper, pages && new PageWindow(pages))
    this.#queries.set(key, new WeakRef(query))
    this.#collected.register(query, key)
    const seed = this.#seeds.get(key)
    if (seed !== undefined) query.seed(seed)
    return query
  }

  /** The query, if somebody has it or had it a moment ago. */
  find(statement: WireStatement, pages?: PageOptions): LiveQuery | undefined {
    return this.#queries.get(keyOf(statement, pages))?.deref()
  }

  /** Gives a query, now or when it is made, what it shows before there is an engine. */
  readonly seed = (key: string, seed: Seed): void => {
    this.#seeds.set(key, seed)
    this.#queries.get(key)?.deref()?.seed(seed)
  }

  /** Takes over the news of one message, all of it before anyone is notified. */
  apply(updates: readonly LiveUpdate[]): void {
    for (const update of updates) this.#active.get(update.live)?.apply(update)
    if (updates.length > 0) this.#areReportsDue = true
  }

  /** Notifies the listeners of every query that changed, once each. */
  notify(): void {
    // Emptied as it goes, so that a listener that causes another change finds only what is left.
    for (const query of this.#changed) {
      this.#changed.delete(query)
      query.notify()
      if (!query.isWanted && !this.#leaving.has(query)) this.#keeper.release(query)
    }
    this.#publishReports()
  }

  /** An engine is open that knows none of these queries. `isQuiet` where it continues the work of another. */
  connected(isQuiet: boolean): void {
    this.#isConnected = true
    if (this.#isInspecting) this.#sendInspect(true)
    for (const query of this.#active.values()) this.#begin(query, isQuiet)
    this.notify()
  }

  /** The engine is gone; the next one will be told everything. */
  disconnected(): void {
    this.#isConnected = false
  }

  /** There is no engine, and none is on its way. */
  fail(error: DataSyncError): void {
    for (const query of this.#active.values()) query.fail(error)
    this.notify()
  }

  readonly #keeper: LiveQueryKeeper = {
    use: (query) => {
      this.#stay(query)
      this.#publishReportsSoon()
      if (this.#active.has(query.live)) {
        // It failed for want of an engine: that somebody asks again is a reason to try again.
        if (!this.#isConnected) this.#link.open()
        return
      }
      query.enter(++this.#lastLive)
      this.#active.set(query.live, query)
      if (this.#isConnected) this.#begin(query)
      else this.#link.open()
    },
    release: (query) => {
      this.#publishReportsSoon()
      if (!query.isWanted && this.#active.has(query.live)) this.#leaveLater(query)
    },
    requestRefetch: (query) => {
      if (!this.#isConnected || !this.#active.has(query.live)) return false
      this.#stay(query)
      this.#link.send('refetch', { live: query.live }, (answer) => {
        if (answer.ok) query.endRefetch()
        else query.fail(fromErrorRecord(answer.error))
      })
      return true
    },
    requestMove: (query, to) => {
      if (!this.#isConnected || !this.#active.has(query.live)) return false
      this.#stay(query)
      for (const move of query.window?.moves ?? []) if (move.to === to) this.#sendMove(query, move)
      return true
    },
    explain: async (query) => {
      this.#keeper.use(query)
      try {
        return valueOf(await this.#link.explain(query.live))
      } finally {
        this.#keeper.release(query)
      }
    },
    noteChange: (query) => {
      if (this.#changed.size === 0) queueMicrotask(() => this.notify())
      this.#changed.add(query)
    },
  }

  #begin(query: LiveQuery, isQuiet = false): void {
    query.begin(isQuiet)
    const { live, statement, window } = query
    this.#link.send('observe', { live, ...statement, window: window?.state }, (answer) => {
      if (!answer.ok) query.fail(fromErrorRecord(answer.error, answer.cause))
    })
    // Those that the engine before has left unmade.
    for (const move of window?.moves ?? []) this.#sendMove(query, move)
  }

  #sendMove(query: LiveQuery, move: WindowMove): void {
    const { live } = query
    this.#link.send('moveWindow', { live, ...move }, (answer) => {
      if (query.live !== live) return
      if (answer.ok) query.endMove(move.to)
      else query.fail(fromErrorRecord(answer.error))
    })
  }

  #stay(query: LiveQuery): void {
    this.#leaving.get(query)?.()
    this.#leaving.delete(query)
  }

  #leaveLater(query: LiveQuery): void {
    this.#stay(query)
    const leave = (): void => {
      // A component tree that suspends on several queries subscribes to none before it has them all:
      // if each had to be there within the grace period of the others, it might never.
      if (query.isUnclaimed && this.#isLoading) return this.#leaveLater(query)
      this.#leaving.delete(query)
      this.#active.delete(query.live)
      query.reset()
      this.#changed.delete(query)
      if (this.#isConnected) this.#link.send('unobserve', { live: query.live }, () => undefined)
      this.#publishReportsSoon()
    }
    this.#leaving.set(query, startQuietTimer(leave, GRACE))
  }

  get #isLoading(): boolean {
    return [...this.#active.values()].some((query) => query.isLoading)
  }

  #forget(key: string): void {
    if (this.#queries.get(key)?.deref() === undefined) this.#queries.delete(key)
  }

  #inspect(isWanted: boolean): void {
    if (isWanted === this.#isInspecting) return
    this.#isInspecting = isWanted
    if (this.#isConnected) this.#sendInspect(isWanted)
  }

  #sendInspect(enabled: boolean): void {
    this.#link.send('inspect', { enabled }, () => undefined)
  }

  #publishReportsSoon(): void {
    if (this.#areReportsDue) return
    this.#areReportsDue = true
    queueMicrotask(() => this.#publishReports())
  }

  #publishReports(): void {
    if (!this.#areReportsDue) return
    this.#areReportsDue = false
    this.#reports = undefined
    notifyListeners(this.#reportListeners)
  }
}

/** Pages of another size are another query. */
function keyOf(statement: WireStatement, pages: PageOptions | undefined): string {
  const key = queryKey(statement)
  return pages === undefined ? key : `${pages.pageSize} ${pages.maxPages ?? ''}/${key}`
}
