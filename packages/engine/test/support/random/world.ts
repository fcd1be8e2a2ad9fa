import { expect } from 'vitest'
import type { EngineClient } from '../engine-client.ts'
import { LiveChecks } from './live-checks.ts'
import { Mirror } from './mirror.ts'
import type { Picks } from './picker.ts'
import { renderQuery, type QueryKind } from './queries/render-query.ts'
import { renderSchemaChange } from './schema-change.ts'
import { renderTables, renderTrigger, renderView, type SchemaSpec } from './schema.ts'
import { bindLiterals } from './bind-literals.ts'
import type { Step } from './steps.ts'
import { renderWrite } from './write.ts'

/**
 * A database with live queries and, beside it, one that runs the same statements without any of this
 * engine. After every step both show the same, and nothing else was shown in between.
 */
export class World {
  readonly #client: EngineClient
  readonly #queries: readonly [QueryKind, ...QueryKind[]]
  readonly #mirror = new Mirror()
  readonly #checks: LiveChecks
  #transaction: number | undefined
  #depth = 0
  /** Everything that was done, to be shown where a check fails. */
  readonly log: string[] = []

  constructor(client: EngineClient, queries: readonly [QueryKind, ...QueryKind[]]) {
    this.#client = client
    this.#queries = queries
    this.#checks = new LiveChecks(client, this.#mirror)
  }

  async create(schema: SchemaSpec, queries: readonly Picks[]): Promise<void> {
    for (const sql of renderTables(schema)) await this.#write(sql)
    for (const [i, numbers] of schema.views.entries()) {
      await this.#write(renderView(numbers, i, this.#mirror.relations))
    }
    for (const [i, numbers] of schema.triggers.entries()) {
      await this.#write(renderTrigger(numbers, i, this.#mirror.relations))
    }
    for (const numbers of queries) await this.#observe(numbers)
    await this.#checks.check()
  }

  async apply(step: Step): Promise<void> {
    await this.#do(step)
    await this.#checks.check()
  }

  async close(): Promise<void> {
    if (this.#transaction !== undefined) await this.apply({ kind: 'rollback' })
    this.#mirror.close()
  }

  async #do(step: Step): Promise<void> {
    const isOpen = this.#transaction !== undefined
    switch (step.kind) {
      case 'write':
        return this.#write(renderWrite(step.picks, this.#mirror.relations))
      case 'change-schema':
        return this.#write(renderSchemaChange(step.picks, this.#mirror.relations))
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
        return this.#batch(step.writes.map((numbers) => renderWrite(numbers, this.#mirror.relations)))
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
      const sql = renderWrite(numbers, this.#mirror.relations)
      statements.push(sql)
      outcomes.push(this.#mirror.run(sql))
      this.#checks.noteState()
    }
    this.log.push(`burst: ${statements.join('; ')}`)
    const went = await Promise.all(statements.map((sql) => this.#went(this.#client.run(sql))))
    expect(went).toEqual(outcomes)
  }

  async #script(writes: readonly Picks[], end: 'commit' | 'rollback'): Promise<void> {
    const statements = writes.map((numbers) => renderWrite(numbers, this.#mirror.relations))
    const script = ['begin', ...statements, end].join(';\n')
    this.log.push(`script: ${script}`)
    const went = this.#mirror.run(script)
    if (this.#mirror.isInTransaction) this.#mirror.run('rollback')
    expect(await this.#went(this.#client.exec(script)), script).toBe(went)
  }

  async #observe(numbers: Picks): Promise<void> {
    const query = renderQuery(numbers, this.#mirror.relations, this.#queries)
    const { sql, parameters } = bindLiterals(query.sql, numbers)
    if (this.#client.probes.some((probe) => probe.sql === sql)) return
    this.log.push(`observe: ${sql} with ${JSON.stringify(parameters)}`)
    this.#checks.know(sql, query)
    await this.#client.observe(sql, parameters)
  }

  async #endOrRepeat(kind: 'unobserve' | 'refetch', which: number): Promise<void> {
    const probe = this.#client.probes[which % Math.max(1, this.#client.probes.length)]
    if (probe === undefined) return
    this.log.push(`${kind}: ${probe.sql}`)
    if (kind === 'unobserve') await this.#client.unobserve(probe)
    else await this.#client.request('refetch', { live: probe.live })
  }

  async #went(call: Promise<unknown>): Promise<boolean> {
    return call.then(
      () => true,
      () => false,
    )
  }
}
