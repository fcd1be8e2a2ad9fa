import { expect } from 'vitest'
import { toRows } from '../../../src/link/column-block.ts'
import type { EngineClient } from '../engine-client.ts'
import type { LiveProbe } from '../live-probe.ts'
import { Mirror } from './mirror.ts'
import type { Picks } from './picker.ts'
import { renderQuery } from './query.ts'
import { bagOf, sentAgain } from './rows.ts'
import { renderSchemaChange } from './schema-change.ts'
import { renderTables, renderTrigger, renderView, type SchemaSpec } from './schema.ts'
import { bindLiterals } from './bind-literals.ts'
import type { SqlValue } from '../../../src/values.ts'
import type { Step } from './steps.ts'
import { renderWrite } from './write.ts'

/** What each live query shows, or should: a bag of rows, or that it fails. */
type Showing = ReadonlyMap<string, string>

const FAILED = 'fails'

/**
 * A database with live queries and, beside it, one that runs the same statements without any of this
 * engine. After every step both show the same, and nothing else was shown in between.
 */
export class World {
  readonly #client: EngineClient
  readonly #mirror = new Mirror()
  /** What live queries may show, oldest first, since the last check. */
  #states: Showing[] = []
  /** What they did show, after each message since the last check. */
  #shown: Showing[] = []
  readonly #checkedDeliveries = new Map<LiveProbe, number>()
  #transaction: number | undefined
  #depth = 0
  /** Everything that was done, to be shown where a check fails. */
  readonly log: string[] = []

  constructor(client: EngineClient) {
    this.#client = client
    client.onMessage = () => this.#shown.push(this.#showing())
  }

  async create(schema: SchemaSpec, queries: readonly Picks[]): Promise<void> {
    for (const sql of renderTables(schema)) await this.#write(sql)
    for (const [i, numbers] of schema.views.entries()) {
      await this.#write(renderView(numbers, i, this.#mirror.relations()))
    }
    for (const [i, numbers] of schema.triggers.entries()) {
      await this.#write(renderTrigger(numbers, i, this.#mirror.relations()))
    }
    for (const numbers of queries) await this.#observe(numbers)
    await this.#check()
  }

  async apply(step: Step): Promise<void> {
    await this.#do(step)
    await this.#check()
  }

  async close(): Promise<void> {
    if (this.#transaction !== undefined) await this.apply({ kind: 'rollback' })
    this.#mirror.close()
  }

  async #do(step: Step): Promise<void> {
    const isOpen = this.#transaction !== undefined
    switch (step.kind) {
      case 'write':
        return this.#write(renderWrite(step.picks, this.#mirror.relations()))
      case 'change-schema':
        return this.#write(renderSchemaChange(step.picks, this.#mirror.relations()))
      case 'observe':
        return this.#observe(step.picks)
      case 'unobserve':
      case 'refetch':
        return this.#endOrRepeat(step.kind, step.which)
      case 'begin':
        return isOpen ? undefined : this.#begin(step.mode)
      case 'commit':
      case 'rollback':
        return isOpen ? this.#end(step.kind) : undefined
      case 'savepoint':
      case 'release':
      case 'rollback-to':
        return isOpen ? this.#savepoint(step.kind) : undefined
      case 'batch':
        return this.#batch(step.writes.map((numbers) => renderWrite(numbers, this.#mirror.relations())))
      case 'burst':
        return isOpen ? undefined : this.#burst(step.writes)
      case 'script':
        return isOpen ? undefined : this.#script(step.writes, step.end)
    }
  }

  async #write(sql: string): Promise<void> {
    this.log.push(sql)
    const went = await this.#went(this.#client.run(sql, [], { transaction: this.#transaction }))
    expect(went, sql).toBe(this.#mirror.run(sql))
    if (this.#transaction !== undefined && !this.#mirror.isInTransaction) await this.#forgetTransaction()
  }

  /** SQLite ended the transaction by itself. */
  async #forgetTransaction(): Promise<void> {
    const transaction = this.#transaction ?? 0
    await expect(this.#client.commitTransaction(transaction)).rejects.toMatchObject({
      code: 'transaction-closed',
    })
    await this.#client.rollback(transaction)
    this.#transaction = undefined
    this.#depth = 0
  }

  async #begin(mode: 'deferred' | 'immediate' | 'exclusive'): Promise<void> {
    this.log.push(`begin ${mode}`)
    this.#transaction = await this.#client.begin({ mode })
    this.#mirror.run(`begin ${mode}`)
  }

  async #end(kind: 'commit' | 'rollback'): Promise<void> {
    this.log.push(kind)
    const transaction = this.#transaction ?? 0
    const ended =
      kind === 'commit' ? this.#client.commitTransaction(transaction) : this.#client.rollback(transaction)
    const went = await this.#went(ended)
    expect(went, kind).toBe(this.#mirror.run(kind))
    // A deferred foreign key may forbid the commit: the transaction is then open still.
    if (this.#mirror.isInTransaction) return this.#end('rollback')
    this.#transaction = undefined
    this.#depth = 0
  }

  async #savepoint(kind: 'savepoint' | 'release' | 'rollback-to'): Promise<void> {
    if (kind !== 'savepoint' && this.#depth === 0) return
    if (kind === 'savepoint') this.#depth++
    const depth = this.#depth
    const action = kind === 'savepoint' ? 'begin' : kind === 'release' ? 'release' : 'rollback'
    this.log.push(`${kind} ${depth}`)
    await this.#client.request('savepoint', { transaction: this.#transaction ?? 0, depth, action })
    if (kind === 'savepoint') this.#mirror.run(`savepoint s${depth}`)
    if (kind === 'rollback-to') this.#mirror.run(`rollback to s${depth}`)
    if (kind === 'savepoint') return
    this.#mirror.run(`release s${depth}`)
    this.#depth--
  }

  async #batch(statements: readonly string[]): Promise<void> {
    this.log.push(`batch: ${statements.join('; ')}`)
    const isInside = this.#transaction !== undefined
    this.#mirror.run(isInside ? 'savepoint batch' : 'begin')
    let went = statements.every((sql) => this.#mirror.run(sql))
    if (went) went = this.#mirror.run(isInside ? 'release batch' : 'commit')
    if (!went && this.#mirror.isInTransaction)
      this.#mirror.run(isInside ? 'rollback to batch; release batch' : 'rollback')
    expect(await this.#went(this.#client.batch(statements, this.#transaction))).toBe(went)
    if (isInside && !this.#mirror.isInTransaction) await this.#forgetTransaction()
  }

  /** Writes that arrive together: some of the states between them may be shown, in their order. */
  async #burst(writes: readonly Picks[]): Promise<void> {
    const statements: string[] = []
    const outcomes: boolean[] = []
    for (const numbers of writes) {
      const sql = renderWrite(numbers, this.#mirror.relations())
      statements.push(sql)
      outcomes.push(this.#mirror.run(sql))
      this.#states.push(this.#expected())
    }
    this.log.push(`burst: ${statements.join('; ')}`)
    const went = await Promise.all(statements.map((sql) => this.#went(this.#client.run(sql))))
    expect(went).toEqual(outcomes)
  }

  async #script(writes: readonly Picks[], end: 'commit' | 'rollback'): Promise<void> {
    const statements = writes.map((numbers) => renderWrite(numbers, this.#mirror.relations()))
    const script = ['begin', ...statements, end].join(';\n')
    this.log.push(`script: ${script}`)
    const went = this.#mirror.run(script)
    if (this.#mirror.isInTransaction) this.#mirror.run('rollback')
    expect(await this.#went(this.#client.exec(script)), script).toBe(went)
  }

  async #observe(numbers: Picks): Promise<void> {
    const { sql, parameters } = bindLiterals(renderQuery(numbers, this.#mirror.relations()), numbers)
    if (this.#client.probes.some((probe) => probe.sql === sql)) return
    this.log.push(`observe: ${sql} with ${JSON.stringify(parameters)}`)
    await this.#client.observe(sql, parameters)
  }

  async #endOrRepeat(kind: 'unobserve' | 'refetch', which: number): Promise<void> {
    const probe = this.#client.probes[which % Math.max(1, this.#client.probes.length)]
    if (probe === undefined) return
    this.log.push(`${kind}: ${probe.sql}`)
    if (kind === 'unobserve') await this.#client.unobserve(probe)
    else await this.#client.request('refetch', { live: probe.live })
  }

  async #check(): Promise<void> {
    const isOpen = this.#mirror.isInTransaction
    const last = this.#states.at(-1)
    // What an open transaction has done so far changes nothing for others.
    const now = isOpen ? (last ?? new Map<string, string>()) : this.#expected()
    expectToShow(this.#showing(), now)
    this.#expectOrder([...this.#states, now])
    this.#expectNothingSentAgain()
    if (!isOpen || !this.#mirror.hasTemporary) await this.#expectFresh()
    this.#states = [now]
    this.#shown = []
  }

  /** Every message showed one state, the same or a later one than the message before it. */
  #expectOrder(states: readonly Showing[]): void {
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
        expect(sentAgain(old, rows, toRows(patch.fresh)), probe.sql).toEqual([])
        if (i > 0) expect(rows, `an equal result of ${probe.sql} is not delivered`).not.toEqual(old)
      }
      this.#checkedDeliveries.set(probe, probe.deliveries.length)
    }
  }

  async #expectFresh(): Promise<void> {
    for (const probe of this.#client.probes) {
      if (probe.runs.length === 0) continue
      const fresh = await this.#client.query(probe.sql, probe.parameters).then(bagOf, () => FAILED)
      expect(bagOfProbe(probe), `${probe.sql}, run anew`).toBe(fresh)
    }
  }

  #expected(): Showing {
    return new Map(
      this.#client.probes.map(({ sql, parameters }) => {
        const rows = this.#mirror.query(sql, parameters as readonly SqlValue[])
        return [sql, rows === undefined ? FAILED : bagOf(rows)]
      }),
    )
  }

  #showing(): Showing {
    // A query that was subscribed to just now may have to wait for its first run.
    const probes = this.#client.probes.filter(({ runs }) => runs.length > 0)
    return new Map(probes.map((probe) => [probe.sql, bagOfProbe(probe)]))
  }

  async #went(call: Promise<unknown>): Promise<boolean> {
    return call.then(
      () => true,
      () => false,
    )
  }
}

function bagOfProbe({ error, rows }: LiveProbe): string {
  return error === undefined ? bagOf(rows) : FAILED
}

function isShowing(shown: Showing, expected: Showing): boolean {
  return [...shown].every(([sql, bag]) => !expected.has(sql) || expected.get(sql) === bag)
}

function expectToShow(shown: Showing, expected: Showing): void {
  for (const [sql, bag] of shown) if (expected.has(sql)) expect(bag, sql).toBe(expected.get(sql))
}
