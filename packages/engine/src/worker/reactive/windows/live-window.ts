import type { WireStatement } from '../../../link/protocol.ts'
import type { WindowEdge, WindowMove, WindowState } from '../../../link/window-protocol.ts'
import type { Connection } from '../../sqlite/connection.ts'
import type { Task } from '../../task.ts'
import type { Catalog } from '../catalog.ts'
import { canExtend, extendParameters } from '../incremental/extend-parameters.ts'
import { readBlock } from '../incremental/read-block.ts'
import type { LiveStatement } from '../live-query.ts'
import type { WindowObstacle } from './window-plan.ts'
import type { WindowPlans } from './window-plans.ts'
import type { EdgeValues, MadeStatement, WindowText } from './window-text.ts'

interface AskedMove extends WindowMove {
  readonly settle: () => void
}

interface SizedMove extends WindowMove {
  /** Rows above what may be shown. */
  readonly surplus: number
}

/** Which part of a result one subscriber is shown, and how it moves. One row more is read, to tell whether there is one. */
export class LiveWindow {
  readonly #wire: WireStatement
  #state: WindowState
  #moves: AskedMove[] = []
  #source: { readonly catalog: Catalog; readonly generation: number } | undefined
  #obstacle: WindowObstacle | undefined

  constructor(wire: WireStatement, state: WindowState) {
    this.#wire = wire
    this.#state = state
  }

  get state(): WindowState {
    return this.#state
  }

  /** Why its place is told by how many rows come before it, where it is. */
  get obstacle(): WindowObstacle | undefined {
    return this.#obstacle
  }

  /** As many rows as there are, until it is known how they are selected. */
  get unplaced(): LiveStatement {
    return this.#byPosition(this.#state.edge)
  }

  /** Asks for a move. `settle` is called once it was made, or will not be. */
  move(move: WindowMove, settle: () => void): void {
    this.#moves.push({ ...move, settle })
  }

  /**
   * Makes the moves that were asked for; answers with what selects its rows from then on, if that is not known.
   *
   * @throws DataSyncError if a move fails; then none is made
   */
  *place(
    plans: WindowPlans,
    connection: Connection,
    catalog: Catalog,
    mayHaveNext: boolean,
  ): Task<LiveStatement | undefined> {
    const { generation } = catalog
    const isPlaced = this.#source?.catalog === catalog && this.#source.generation === generation
    if (isPlaced && this.#moves.length === 0) return undefined
    const plan = yield* this.#plan(plans, connection, catalog)
    this.#obstacle = typeof plan === 'string' ? plan : undefined
    let state = fitting(this.#state, plan)
    for (const move of this.#moves) {
      if (move.to === 'next' && !mayHaveNext) continue
      const surplus = Math.max(0, state.rows + move.rows - move.most)
      const by = { ...move, surplus }
      const edge =
        typeof plan === 'string'
          ? shifted(state.edge, by)
          : yield* this.#edge(state.edge, by, plan, connection)
      state = { edge, rows: state.rows + move.rows - surplus }
    }
    this.#state = state
    this.#source = { catalog, generation }
    return typeof plan === 'string' ? this.#byPosition(this.#state.edge) : this.#byRow(plan)
  }

  /** Tells whoever asked for moves that they are made. */
  settle(): void {
    const moves = this.#moves
    this.#moves = []
    for (const { settle } of moves) settle()
  }

  *#plan(plans: WindowPlans, connection: Connection, catalog: Catalog): Task<WindowText | WindowObstacle> {
    const { sql, parameters } = this.#wire
    const plan = yield* plans.of(sql, connection, catalog)
    if (typeof plan === 'string') return plan
    return canExtend(parameters, plan) ? plan : 'not-prepared'
  }

  #byRow(plan: WindowText): LiveStatement {
    const { sql, more } = plan.rowsFrom(valuesOf(this.#state.edge, plan), this.#state.rows + 1)
    return { sql, parameters: extendParameters(this.#wire.parameters, plan.parameterCount, more) }
  }

  #byPosition(edge: WindowEdge | undefined): LiveStatement {
    const start = offsetOf(edge)
    return { ...this.#wire, part: { start, end: start + this.#state.rows + 1 } }
  }

  /** Where it begins after a move. */
  *#edge(
    edge: WindowEdge | undefined,
    { to, rows, surplus }: SizedMove,
    plan: WindowText,
    connection: Connection,
  ): Task<WindowEdge | undefined> {
    const values = valuesOf(edge, plan)
    if (to === 'next') {
      if (surplus === 0) return edge
      const [found] = yield* this.#find(plan.edgeAfter(values, surplus), plan, connection)
      return found ?? edge
    }
    if (values === undefined) return undefined
    const [found, further] = yield* this.#find(plan.edgeBefore(values, rows), plan, connection)
    // Where there is nothing before it, what comes there is to be shown.
    return further && found
  }

  *#find(
    { sql, more }: MadeStatement,
    { parameterCount }: WindowText,
    connection: Connection,
  ): Task<readonly WindowEdge[]> {
    const parameters = extendParameters(this.#wire.parameters, parameterCount, more)
    const { values, rowCount } = yield* readBlock(sql, parameters, connection)
    return Array.from({ length: rowCount }, (_, row) => ({
      kind: 'row',
      values: values.map((column) => column[row] ?? null),
    }))
  }
}

/** An edge that does not fit, since the schema is another, is as good as none. Where nothing can be run, it is kept. */
function fitting(state: WindowState, plan: WindowText | WindowObstacle): WindowState {
  const { edge, rows } = state
  if (edge === undefined || plan === 'not-prepared') return state
  const isFit = typeof plan === 'string' ? edge.kind === 'position' : valuesOf(edge, plan) !== undefined
  return isFit ? state : { edge: undefined, rows }
}

function shifted(edge: WindowEdge | undefined, { to, rows, surplus }: SizedMove): WindowEdge | undefined {
  const offset = Math.max(0, offsetOf(edge) + (to === 'next' ? surplus : -rows))
  return offset === 0 ? undefined : { kind: 'position', offset }
}

/** Those of an edge that fits the order. */
function valuesOf(edge: WindowEdge | undefined, { terms }: WindowText): EdgeValues | undefined {
  return edge?.kind === 'row' && edge.values.length === terms.length ? edge.values : undefined
}

function offsetOf(edge: WindowEdge | undefined): number {
  return edge?.kind === 'position' ? edge.offset : 0
}
