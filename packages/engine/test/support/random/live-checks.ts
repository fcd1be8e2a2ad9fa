import { expect } from 'vitest'
import { toRows } from '../../../src/link/column-block.ts'
import type { SqlValue } from '../../../src/values.ts'
import type { EngineClient } from '../engine-client.ts'
import type { LiveProbe } from '../live-probe.ts'
import { expectedRows, expectRows, isExpected, type ExpectedRows } from './expected-rows.ts'
import type { Mirror } from './mirror.ts'
import type { RandomQuery } from './queries/random-query.ts'
import { contentsOf, FAILED, sentAgain, type RowContents } from './rows.ts'

/** What live queries show, by their statements. */
type Showing = ReadonlyMap<string, RowContents>
/** What they should show. */
type Expected = ReadonlyMap<string, ExpectedRows>

/** Compares what live queries show with the mirror, and with fresh runs. */
export class LiveChecks {
  readonly #client: EngineClient
  readonly #mirror: Mirror
  readonly #queries = new Map<string, RandomQuery>()
  /** What live queries may show, oldest first, since the last check. */
  #states: Expected[] = []
  /** What they did show, after each message since the last check. */
  #shown: Showing[] = []
  readonly #checkedDeliveries = new Map<LiveProbe, number>()
  /** Whether the transaction that is open made something that only its connection would see. */
  #isApart = false

  constructor(client: EngineClient, mirror: Mirror) {
    this.#client = client
    this.#mirror = mirror
    client.onMessage = () => this.#shown.push(this.#showing())
  }

  /** Says what is to be expected of a statement, which is known by how it was bound. */
  know(sql: string, query: RandomQuery): void {
    this.#queries.set(sql, query)
  }

  /** What is committed now may be shown. */
  noteState(): void {
    this.#states.push(this.#expected())
  }

  async check(): Promise<void> {
    const isOpen = this.#mirror.isInTransaction
    const last = this.#states.at(-1)
    // What an open transaction has done so far changes nothing for others.
    const now = isOpen ? (last ?? new Map<string, ExpectedRows>()) : this.#expected()
    expectToShow(this.#showing(), now)
    this.#expectOrder([...this.#states, now])
    this.#expectNothingSentAgain()
    // Reads wait for the end of a transaction that made such things, even where it undid them.
    this.#isApart = isOpen && (this.#isApart || this.#mirror.hasTemporary)
    if (!this.#isApart) await this.#expectFresh()
    this.#states = [now]
    this.#shown = []
  }

  /** Every message showed one state, the same or a later one than the message before it. */
  #expectOrder(states: readonly Expected[]): void {
    let earliest = 0
    for (const shown of this.#shown) {
      const found = states.findIndex((state, i) => i >= earliest && isShowing(shown, state))
      if (found < 0) expectToShow(shown, states[earliest] ?? new Map())
      else earliest = found
    }
  }

  #expectNothingSentAgain(): void {
    for (const probe of this.#client.probes) {
      const checked = this.#checkedDeliveries.get(probe) ?? 0
      for (const [i, { rows, patch }] of probe.deliveries.entries()) {
        if (i < checked) continue
        const old = probe.deliveries[i - 1]?.rows ?? []
        const again = sentAgain(old, rows, toRows(patch.fresh))
        if (again.length > 0) expect(again, probe.sql).toEqual([])
        const isEqual = i > 0 && contentsOf(rows).inOrder === contentsOf(old).inOrder
        if (isEqual && rows.length === old.length) expect.fail(`An equal result was delivered: ${probe.sql}`)
      }
      this.#checkedDeliveries.set(probe, probe.deliveries.length)
    }
  }

  /** Asks everything anew in one message. */
  async #expectFresh(): Promise<void> {
    const probes = this.#client.probes.filter(({ runs }) => runs.length > 0)
    const results = await this.#client.queryAll(probes)
    for (const [i, probe] of probes.entries()) {
      const rows = results[i]
      const fresh = rows === undefined ? FAILED : contentsOf(rows)
      const order = this.#queries.get(probe.sql)?.order === 'whole' ? 'whole' : 'none'
      expectRows(contentsOfProbe(probe), { order, contents: fresh, ranks: undefined }, probe.sql)
    }
  }

  #expected(): Expected {
    return new Map(
      this.#client.probes.map(({ sql, parameters }) => {
        const query = this.#queries.get(sql) ?? { order: 'none', sql }
        return [sql, expectedRows(this.#mirror, { ...query, sql }, parameters as readonly SqlValue[])]
      }),
    )
  }

  #showing(): Showing {
    // A query that was subscribed to just now may have to wait for its first run.
    const probes = this.#client.probes.filter(({ runs }) => runs.length > 0)
    return new Map(probes.map((probe) => [probe.sql, contentsOfProbe(probe)]))
  }
}

function contentsOfProbe({ error, rows }: LiveProbe): RowContents {
  return error === undefined ? contentsOf(rows) : FAILED
}

function isShowing(shown: Showing, expected: Expected): boolean {
  return [...shown].every(([sql, rows]) => {
    const those = expected.get(sql)
    return those === undefined || isExpected(rows, those)
  })
}

function expectToShow(shown: Showing, expected: Expected): void {
  for (const [sql, rows] of shown) {
    const those = expected.get(sql)
    if (those !== undefined) expectRows(rows, those, sql)
  }
}
