import type { Database, DatabaseOptions, SqlValue } from '../../../src/index.ts'
import type { Order, TabRecord } from '../order.ts'
import { carryOut } from './carry-out.ts'
import { LiveLog } from './live-log.ts'
import { now } from './now.ts'

declare const createDatabase: (name: string, options: DatabaseOptions) => Database

/** How a tab is, and what it has to tell since it was last asked. */
export interface TabReport {
  readonly tab: string | undefined
  readonly phase: string | undefined
  readonly error: string | undefined
  readonly role: 'host' | 'guest' | undefined
  /** Orders that nothing has come of yet. */
  readonly pending: readonly number[]
  readonly entries: number
  readonly accounts: readonly Readonly<Record<string, number>>[] | undefined
  readonly records: readonly TabRecord[]
}

/** All that is in the database, read from one snapshot. */
export interface Content {
  readonly registers: readonly (readonly SqlValue[])[]
  readonly journal: readonly (readonly SqlValue[])[]
  readonly transfers: readonly (readonly SqlValue[])[]
  readonly accounts: readonly (readonly SqlValue[])[]
  readonly integrity: unknown
}

/** What the page of a tab does: it carries out orders, and remembers what came of them. */
export class TabPage {
  readonly #pending = new Set<number>()
  readonly #records: TabRecord[] = []
  #tab: string | undefined
  #db: Database | undefined
  #live: LiveLog | undefined

  /** Opens the database in the name of a tab, and carries out the first orders without waiting for it. */
  open(name: string, options: DatabaseOptions, tab: string, orders: readonly Order[]): void {
    this.#tab = tab
    this.#db = createDatabase(name, options)
    this.#live = new LiveLog(this.#db, tab, (record) => this.#records.push(record))
    this.start(orders)
  }

  start(orders: readonly Order[]): void {
    for (const order of orders) void this.#follow(order)
  }

  async close(): Promise<void> {
    await this.#db?.close()
  }

  report(): TabReport {
    const status = this.#db?.status.getSnapshot()
    return {
      tab: this.#tab,
      phase: status?.phase,
      error: status?.error?.code,
      role: status?.role?.kind,
      pending: [...this.#pending],
      entries: this.#live?.entries ?? 0,
      accounts: this.#live?.rows('accounts'),
      records: this.#records.splice(0),
    }
  }

  async read(): Promise<Content> {
    if (this.#db === undefined) throw new Error('This tab has no database.')
    const [registers, journal, transfers, accounts] = await this.#db.batch([
      'select key, value from register where value <> 0',
      'select place, tab, entry from journal order by place',
      'select tab, transfer, source, target, amount from transfer',
      'select id, balance from account order by id',
    ])
    const check = await this.#db.get<{ integrity_check: unknown }>('pragma integrity_check')
    return {
      registers: registers?.rows ?? [],
      journal: journal?.rows ?? [],
      transfers: transfers?.rows ?? [],
      accounts: accounts?.rows ?? [],
      integrity: check?.integrity_check,
    }
  }

  async #follow({ id, action }: Order): Promise<void> {
    const db = this.#db
    const live = this.#live
    if (db === undefined || live === undefined || this.#tab === undefined) return
    this.#pending.add(id)
    this.#records.push({ type: 'invoked', id, at: now() })
    try {
      const effect = await carryOut(db, this.#tab, action)
      this.#records.push({
        type: 'answered',
        id,
        at: now(),
        answer: { ...effect, shown: isClosed(db) ? undefined : live.entries },
      })
    } catch (error) {
      const { code = 'none', message } = error as { code?: string; message: string }
      this.#records.push({ type: 'rejected', id, at: now(), code, message })
    }
    this.#pending.delete(id)
  }
}

function isClosed(db: Database): boolean {
  return db.status.getSnapshot().phase === 'closed'
}

/** The code of the error that a promise is rejected with. */
function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'none',
    ({ code, message }: { readonly code?: string; readonly message: string }) => code ?? message,
  )
}

Object.assign(globalThis, { tabPage: new TabPage(), codeOf })
