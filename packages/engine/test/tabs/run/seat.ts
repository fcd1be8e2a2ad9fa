import type { DatabaseOptions } from '../../../src/index.ts'
import { callTab } from '../browsers/call-tab.ts'
import type { Tab } from '../browsers/tab.ts'
import type { TabPage, TabReport } from '../page/tab-page.ts'
import { inTime } from './in-time.ts'
import type { OrderLog } from './order-log.ts'
import type { Work } from './tab-events.ts'
import { type TabNumbers, toAction } from './to-action.ts'

const DATABASE = 'bank'

/** A tab of a run, and what of it the run has to know. */
export class Seat {
  readonly tab: Tab
  /** Whether its page can be asked, stands still in the background, or was left and may be come back to. */
  whereabouts: 'here' | 'frozen' | 'away' = 'here'
  role: 'host' | 'guest' | undefined
  readonly #log: OrderLog
  readonly #options: DatabaseOptions
  /** Of the page as it is now: one that is loaded anew has another. */
  #name = 'none'
  #numbers: TabNumbers = { entries: 0, transfers: 0 }

  constructor(tab: Tab, log: OrderLog, options: DatabaseOptions) {
    this.tab = tab
    this.#log = log
    this.#options = options
  }

  get name(): string {
    return this.#name
  }

  /** Opens the database, without waiting for it. */
  async openDatabase(): Promise<void> {
    this.#name = `t${this.#log.next}`
    this.#numbers = { entries: 0, transfers: 0 }
    this.role = undefined
    const order = this.#log.add(this.#name, { kind: 'open' })
    await this.call('open', DATABASE, this.#options, this.#name, [order])
  }

  async order(works: readonly Work[]): Promise<void> {
    const orders = works.map((work) =>
      this.#log.add(this.#name, toAction(work, this.#log.next, this.#numbers)),
    )
    if (orders.length > 0) await this.call('start', orders)
  }

  async closeDatabase(): Promise<void> {
    this.#log.noteClosed(this.#name)
    await this.call('close')
  }

  /** Its page is about to stand still, or to be left. */
  fallAsleep(whereabouts: 'frozen' | 'away'): void {
    this.#log.noteAsleep(this.#name)
    this.whereabouts = whereabouts
  }

  /** How the tab is. What it has remembered is taken over into the log. */
  async report(): Promise<TabReport> {
    const report = await this.call('report')
    this.#log.collect(report.records)
    this.role = report.role
    return report
  }

  call<Name extends keyof TabPage>(
    name: Name,
    ...parameters: Parameters<TabPage[Name]>
  ): Promise<Awaited<ReturnType<TabPage[Name]>>> {
    return inTime(`${name} in ${this.#name}`, callTab(this.tab, name, ...parameters))
  }
}
