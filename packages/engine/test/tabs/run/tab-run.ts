import type { DatabaseOptions } from '../../../src/index.ts'
import type { TabBrowser } from '../browsers/tab.ts'
import { inTime, untilNothing } from './in-time.ts'
import { OrderLog } from './order-log.ts'
import { Seat } from './seat.ts'
import type { TabChange, TabEvent } from './tab-events.ts'

const FEWEST = 2
const MOST = 8
/** How many tabs may stand still, or be away, at one time. */
const MOST_ABSENT = 2

/** Several tabs of one browser with one database, to which things happen. */
export class TabRun {
  readonly log = new OrderLog()
  readonly #browser: TabBrowser
  readonly #options: DatabaseOptions
  readonly #trace: string[] = []
  #seats: Seat[] = []

  constructor(browser: TabBrowser, options: DatabaseOptions) {
    this.#browser = browser
    this.#options = options
  }

  /** What has happened, a line each. */
  get trace(): string {
    return this.#trace.join('\n')
  }

  get seats(): readonly Seat[] {
    return this.#seats
  }

  async play(events: readonly TabEvent[]): Promise<void> {
    await this.#fill()
    for (const event of events) {
      await this.#collect()
      await this.#giveOrders(event)
      const change = this.#possible(event.change)
      const seat = this.#choose(change, event)
      this.#trace.push(`${change} ${seat?.name ?? ''} ${seat?.role ?? ''}, of ${this.#describeSeats()}`)
      await (change === 'settle' ? this.#settle() : inTime(change, this.#carryOut(change, seat)))
      await this.#fill()
    }
  }

  /** Brings all tabs back, and waits until nothing is under way. */
  async calmDown(): Promise<void> {
    for (const seat of this.#seats) {
      if (seat.whereabouts === 'frozen') await this.#carryOut('unfreeze', seat)
      if (seat.whereabouts === 'away') await this.#carryOut('return', seat)
    }
    await this.#settle()
  }

  async #carryOut(change: TabChange, seat: Seat | undefined): Promise<void> {
    if (change === 'open') return this.#open()
    if (change === 'settle' || seat === undefined) return this.#settle()
    const { tab } = seat
    switch (change) {
      case 'close':
      case 'crash':
        await tab[change]()
        this.#forgetGone()
        break
      case 'reload':
        await tab.reload()
        await seat.openDatabase()
        break
      case 'leave':
        seat.fallAsleep('away')
        await tab.leave()
        break
      case 'return':
        await tab.goBack()
        seat.whereabouts = 'here'
        // A page that was not kept has been loaded anew.
        if ((await seat.report()).tab !== seat.name) await seat.openDatabase()
        break
      case 'freeze':
        seat.fallAsleep('frozen')
        await tab.freeze()
        break
      case 'unfreeze':
        await tab.unfreeze()
        await tab.bringToFront()
        seat.whereabouts = 'here'
        break
      case 'front':
        await tab.bringToFront()
        break
      case 'reopen':
        await seat.closeDatabase()
        await seat.openDatabase()
        break
    }
  }

  /** What happens in place of what cannot: there are never too few tabs that can be asked, nor too many. */
  #possible(change: TabChange): TabChange {
    const here = this.#at('here').length
    if (change === 'open' && this.#seats.length >= MOST) return 'close'
    if (change === 'return' && this.#at('away').length === 0) return 'settle'
    if (change === 'unfreeze' && this.#at('frozen').length === 0) return 'front'
    if (!['close', 'crash', 'leave', 'freeze'].includes(change)) return change
    if (here <= FEWEST) return this.#seats.length < MOST ? 'open' : 'settle'
    const isAbsence = change === 'leave' || change === 'freeze'
    return isAbsence && this.#seats.length - here >= MOST_ABSENT ? 'settle' : change
  }

  #choose(change: TabChange, { whom, pick }: TabEvent): Seat | undefined {
    if (change === 'open' || change === 'settle') return undefined
    const whereabouts = change === 'return' ? 'away' : change === 'unfreeze' ? 'frozen' : 'here'
    const all = this.#at(whereabouts)
    const meant = all.filter(({ role }) => role === whom)
    const seats = meant.length > 0 ? meant : all
    return seats[pick % seats.length]
  }

  async #giveOrders({ work }: TabEvent): Promise<void> {
    const here = this.#at('here')
    await Promise.all(
      here.map((seat, index) =>
        seat.order(work.filter(({ tab }) => tab % here.length === index).map((one) => one.work)),
      ),
    )
  }

  async #open(): Promise<void> {
    const seat = new Seat(await this.#browser.openTab(), this.log, this.#options)
    this.#seats.push(seat)
    await seat.openDatabase()
  }

  async #fill(): Promise<void> {
    while (this.#at('here').length < FEWEST) await this.#open()
  }

  async #settle(): Promise<void> {
    await untilNothing(async () => {
      const reports = await this.#collect()
      return reports.flatMap(({ pending, phase, role, tab }) =>
        pending.map((id) => `${tab} (${role}, ${phase}) waits for ${this.log.describe(id)}`),
      )
    })
  }

  async #collect(): ReturnType<typeof this.reports> {
    this.#forgetGone()
    return this.reports()
  }

  reports(): Promise<readonly Awaited<ReturnType<Seat['report']>>[]> {
    return Promise.all(this.#at('here').map((seat) => seat.report()))
  }

  /** Those too that have crashed together with another. */
  #forgetGone(): void {
    this.#seats = this.#seats.filter(({ tab }) => !tab.isGone)
  }

  #at(whereabouts: Seat['whereabouts']): readonly Seat[] {
    return this.#seats.filter((seat) => seat.whereabouts === whereabouts)
  }

  #describeSeats(): string {
    return this.#seats
      .map(
        ({ name, role, whereabouts }) =>
          `${name} ${role ?? '?'}${whereabouts === 'here' ? '' : ` ${whereabouts}`}`,
      )
      .join(', ')
  }
}
