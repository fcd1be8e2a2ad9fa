import fc from 'fast-check'
import { expect, test } from 'vitest'
import { queryKey } from '../../src/link/query-key.ts'
import { extent } from '../support/extent.ts'
import type { LiveProbe } from '../support/live-probe.ts'
import { LiveStage } from '../support/live-stage.ts'
import type { ProbeOwner } from '../support/probe-owner.ts'
import { OWNERS, QUERIES, SCHEMA, sharingStep, type SharingStep } from '../support/random/sharing.ts'

const MINUTE = 60_000

/** Owners that share live queries, and what has to be run for them at most. */
class Sharing {
  readonly #stage: LiveStage
  readonly #owners: readonly ProbeOwner[]
  /** Queries that somebody has had since they were last run and did not fail. */
  #known: ReadonlySet<string> = new Set()
  #refetched = new Set<string>()
  #isWritten = false

  constructor(stage: LiveStage) {
    this.#stage = stage
    this.#owners = Array.from({ length: OWNERS }, () => stage.owner())
  }

  async apply(step: SharingStep): Promise<void> {
    if (step.kind === 'settle') await this.#settle(step.hasSnapshot)
    else if (step.kind === 'write') await this.#write(step.sql)
    else this.#do(step, this.#ownerAt(step.owner))
    const held = this.#held()
    this.#known = new Set([...this.#known].filter((key) => held.has(key)))
  }

  #do(step: Exclude<SharingStep, { readonly kind: 'settle' | 'write' }>, owner: ProbeOwner): void {
    switch (step.kind) {
      case 'observe': {
        const [sql, parameters] = QUERIES[step.query] ?? ['', []]
        owner.observe(sql, parameters)
        return
      }
      case 'leave':
        return owner.leave()
      case 'inspect':
        owner.isInspecting = !owner.isInspecting
        return
      default: {
        const probe = owner.probes[step.which % Math.max(1, owner.probes.length)]
        if (probe === undefined) return
        if (step.kind === 'refetch') this.#refetched.add(queryKey(probe))
        owner[step.kind](probe)
      }
    }
  }

  async #write(sql: string): Promise<void> {
    // Some do not fit the schema that those before have made.
    await this.#stage.exec(sql).catch(() => undefined)
    this.#isWritten = true
  }

  async #settle(hasSnapshot: boolean): Promise<void> {
    if (!hasSnapshot) return this.#stage.settleWithoutSnapshot()
    await this.#stage.settle()
    this.#expectFewRuns(this.#stage.executions)
    for (const probe of this.#probes()) {
      await this.#expectFresh(probe)
      expectNews(probe)
    }
    const failing = this.#probes().filter(({ error }) => error !== undefined)
    const failed = new Set(failing.map(queryKey))
    this.#known = new Set([...this.#held()].filter((key) => !failed.has(key)))
    this.#refetched = new Set()
    this.#isWritten = false
    expect(this.#stage.queries.isDue).toBe(false)
  }

  #expectFewRuns(executions: readonly string[]): void {
    expect(executions, 'each query is run once').toEqual([...new Set(executions)])
    const held = this.#held()
    const needless = executions.filter((key) => {
      const isKnown = this.#known.has(key) && !this.#isWritten && !this.#refetched.has(key)
      return !held.has(key) || isKnown
    })
    expect(needless, 'what nobody has, or everybody can be told, is not run').toEqual([])
  }

  async #expectFresh({ sql, parameters, rows, error }: LiveProbe): Promise<void> {
    const fresh = await this.#stage.query(sql, parameters).catch((thrown: unknown) => thrown)
    if (fresh instanceof Error) expect(error?.message, sql).toBe(fresh.message)
    else {
      expect(error, sql).toBeUndefined()
      expect(rows, sql).toEqual(fresh)
    }
  }

  #ownerAt(index: number): ProbeOwner {
    return this.#owners[index] ?? this.#stage.owner()
  }

  #probes(): readonly LiveProbe[] {
    return this.#owners.flatMap(({ probes }) => probes)
  }

  #held(): ReadonlySet<string> {
    return new Set(this.#probes().map(queryKey))
  }
}

/** It began with the subscription, and no result came twice. */
function expectNews({ sql, runs, deliveries }: LiveProbe): void {
  expect(runs[0]?.cause, sql).toEqual({ kind: 'subscribed' })
  for (const [i, { rows }] of deliveries.entries()) {
    if (i > 0) expect(rows, sql).not.toEqual(deliveries[i - 1]?.rows)
  }
}

test(
  'owners that share live queries each have the newest results, for one run of each query a commit',
  { timeout: 60 * MINUTE },
  async () => {
    const property = fc.asyncProperty(
      fc.array(sharingStep, { minLength: 5, maxLength: 60 }),
      async (steps) => {
        const stage = await LiveStage.open(SCHEMA)
        try {
          const sharing = new Sharing(stage)
          for (const step of steps) await sharing.apply(step)
          await sharing.apply({ kind: 'settle', hasSnapshot: true })
        } finally {
          await stage.close()
        }
      },
    )
    await fc.assert(property, { ...extent(400, { normal: 20, long: 600 }), timeout: MINUTE })
  },
)
