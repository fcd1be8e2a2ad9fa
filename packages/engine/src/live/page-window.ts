import type { WindowDirection, WindowMove, WindowState } from '../link/window-protocol.ts'
import type { SqlRow } from '../values.ts'
import type { PageOptions } from './page-options.ts'
import type { PagesState } from './snapshot.ts'
import { createSettling, type Settling } from './settling.ts'

/** Which part of its result a live query shows, as the engine told last, and the moves that are under way. */
export class PageWindow {
  readonly #options: PageOptions
  readonly #moving = new Map<WindowDirection, Settling>()
  #state: WindowState
  #hasNext = false

  constructor(options: PageOptions) {
    this.#options = options
    this.#state = this.#first
  }

  /** What an engine that knows nothing of it is told. */
  get state(): WindowState {
    return this.#state
  }

  get isMoving(): boolean {
    return this.#moving.size > 0
  }

  /** The moves that are under way, as they are asked for. */
  get moves(): readonly WindowMove[] {
    const { pageSize, maxPages = Infinity } = this.#options
    return [...this.#moving.keys()].map((to) => ({ to, rows: pageSize, most: pageSize * maxPages }))
  }

  describe(): PagesState {
    return {
      hasNext: this.#hasNext,
      hasPrevious: this.#state.edge !== undefined,
      isLoadingNext: this.#moving.has('next'),
      isLoadingPrevious: this.#moving.has('previous'),
    }
  }

  /** Those that are shown of the rows that the engine sent; the ones before, if they are the same. */
  cut(rows: readonly SqlRow[], previous: readonly SqlRow[] | undefined): readonly SqlRow[] {
    const { rows: most } = this.#state
    // It sends one more than is shown, if there is one.
    this.#hasNext = rows.length > most
    const shown = this.#hasNext ? Object.freeze(rows.slice(0, most)) : rows
    const isSame = previous?.length === shown.length && shown.every((row, index) => row === previous[index])
    return isSame ? previous : shown
  }

  apply(state: WindowState | undefined): void {
    this.#state = state ?? this.#state
  }

  /** The end of a move, if it is under way. */
  moving(to: WindowDirection): Promise<void> | undefined {
    return this.#moving.get(to)?.promise
  }

  /** A move is under way from now on. */
  begin(to: WindowDirection): Promise<void> {
    const settling = createSettling()
    this.#moving.set(to, settling)
    return settling.promise
  }

  /** Ends a move, or all. */
  settle(to?: WindowDirection): void {
    for (const [each, settling] of this.#moving) {
      if (to !== undefined && each !== to) continue
      this.#moving.delete(each)
      settling.settle()
    }
  }

  reset(): void {
    this.#state = this.#first
    this.#hasNext = false
    this.settle()
  }

  get #first(): WindowState {
    return { edge: undefined, rows: this.#options.pageSize }
  }
}
