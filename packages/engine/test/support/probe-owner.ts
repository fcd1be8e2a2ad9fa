import type { LiveUpdate } from '../../src/link/live-protocol.ts'
import type { WindowMove, WindowState } from '../../src/link/window-protocol.ts'
import type { SqlParameters } from '../../src/values.ts'
import type { LiveQueries, LiveQueryOwner } from '../../src/worker/reactive/live-queries.ts'
import { LiveProbe } from './live-probe.ts'

/** One of several pages that subscribe to live queries, with what each was told since. */
export class ProbeOwner implements LiveQueryOwner {
  isInspecting = false
  readonly #queries: LiveQueries
  readonly #probes = new Map<number, LiveProbe>()
  #lastLive = 0
  #pendingMoves = 0

  constructor(queries: LiveQueries) {
    this.#queries = queries
  }

  get probes(): readonly LiveProbe[] {
    return [...this.#probes.values()]
  }

  /** What it gets is copied, as by a link. */
  update(update: LiveUpdate): void {
    const probe = this.#probes.get(update.live)
    if (probe === undefined) throw new Error(`Nobody subscribed under ${update.live}`)
    probe.apply(structuredClone(update), 0)
  }

  /** With a `window`, it is shown that part of the result alone. */
  observe(sql: string, parameters: SqlParameters = [], window?: WindowState): LiveProbe {
    const probe = new LiveProbe(++this.#lastLive, sql, parameters)
    this.#probes.set(probe.live, probe)
    this.#queries.add(this, probe.live, structuredClone({ sql, parameters }), structuredClone(window))
    return probe
  }

  /** Counts down as the engine says that it is made. */
  move(probe: LiveProbe, move: WindowMove): void {
    this.#pendingMoves++
    this.#queries.move(this, probe.live, move, () => this.#pendingMoves--)
  }

  get pendingMoves(): number {
    return this.#pendingMoves
  }

  refetch(probe: LiveProbe): void {
    this.#queries.refetch(this, probe.live)
  }

  unobserve(probe: LiveProbe): void {
    this.#probes.delete(probe.live)
    this.#queries.remove(this, probe.live)
  }

  leave(): void {
    this.#probes.clear()
    this.#queries.removeAll(this)
  }
}
