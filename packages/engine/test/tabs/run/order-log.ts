import type { Operation, Outcome } from '../history-checker/history.ts'
import type { Action, Order, OrderRecord, SnapshotRecord, TabRecord } from '../order.ts'
import { now } from '../page/now.ts'

interface LoggedOrder {
  readonly tab: string
  readonly action: Action
  readonly ordered: number
  invoked?: number
  result?: Exclude<OrderRecord, { readonly type: 'invoked' }>
}

/** Codes of a transaction that ended without its commit, through no fault of its own. */
const UNDONE = ['host-changed', 'transaction-closed', 'transaction-timeout']

const READS: readonly Action['kind'][] = ['open', 'read', 'total']

/** All that was ordered in a run, and what the tabs told of it before they were gone. */
export class OrderLog {
  readonly #orders: LoggedOrder[] = []
  readonly #snapshots: SnapshotRecord[] = []
  /** Tabs whose handle the run has closed, so that their orders and live queries may end with `closed`. */
  readonly #closed = new Set<string>()
  /** Tabs whose page was put to sleep in the middle of what they did. */
  readonly #asleep = new Set<string>()

  /** The number that the next order has. */
  get next(): number {
    return this.#orders.length
  }

  get snapshots(): readonly SnapshotRecord[] {
    return this.#snapshots
  }

  add(tab: string, action: Action): Order {
    const id = this.#orders.push({ tab, action, ordered: now() }) - 1
    return { id, action }
  }

  noteClosed(tab: string): void {
    this.#closed.add(tab)
  }

  noteAsleep(tab: string): void {
    this.#asleep.add(tab)
  }

  collect(records: readonly TabRecord[]): void {
    for (const record of records) {
      if (record.type === 'snapshot') {
        const isEnd = record.error === 'closed' && this.#closed.has(record.tab)
        if (!isEnd) this.#snapshots.push(record)
        continue
      }
      const order = this.#orders[record.id]
      if (order === undefined) throw new Error(`Nobody has given order ${record.id}.`)
      if (record.type === 'invoked') order.invoked = record.at
      else order.result = record
    }
  }

  describe(id: number): string {
    const order = this.#orders[id]
    return order === undefined ? String(id) : `${order.tab} ${JSON.stringify(order.action)}`
  }

  operations(): readonly Operation[] {
    return this.#orders.map(({ tab, action, ordered, invoked = ordered, result }) => ({
      tab,
      action,
      invoked,
      returned: result?.type === 'answered' ? result.at : Infinity,
      outcome: outcomeOf(action, result),
    }))
  }

  /** Orders that were rejected although they cannot have been wrong. */
  rejections(): readonly string[] {
    return this.#orders.flatMap((order) => {
      const { result, tab, action } = order
      if (result?.type !== 'rejected' || this.#mayBeRejected(order, result.code)) return []
      return [`${tab} was refused ${JSON.stringify(action)}: ${result.code}, ${result.message}`]
    })
  }

  /** As the guide to tabs says. */
  #mayBeRejected({ tab, action }: LoggedOrder, code: string): boolean {
    const isTransaction = action.kind === 'transfer'
    if (code === 'closed') return this.#closed.has(tab)
    if (code === 'host-changed') return isTransaction && !action.retry
    if (!this.#asleep.has(tab)) return false
    if (code === 'worker-lost') return !READS.includes(action.kind)
    return isTransaction && UNDONE.includes(code)
  }
}

function outcomeOf(action: Action, result: LoggedOrder['result']): Outcome {
  if (result?.type === 'answered') return { kind: 'done', answer: result.answer }
  const isUndone = action.kind === 'transfer' && result !== undefined && UNDONE.includes(result.code)
  return isUndone ? { kind: 'undone', code: result.code } : { kind: 'unknown' }
}
