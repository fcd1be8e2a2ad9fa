import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DataSyncError } from '../../src/errors.ts'
import { openUnclosedClient, type EngineClient } from '../support/engine-client.ts'
import { extent } from '../support/extent.ts'

/** Someone who uses the database while others do, pausing now and then for some turns of the event loop. */
interface Actor {
  readonly kind:
    | 'write'
    | 'aborted write'
    | 'batch'
    | 'failing batch'
    | 'transaction'
    | 'rolled back'
    | 'abandoned'
    | 'snapshot'
    | 'long read'
    | 'aborted read'
    | 'stream'
    | 'schema change'
    | 'temporary table'
  readonly pauses: readonly number[]
}

const actor: fc.Arbitrary<Actor> = fc.record({
  kind: fc.constantFrom(
    'write',
    'transaction',
    'snapshot',
    'batch',
    'long read',
    'stream',
    'aborted write',
    'aborted read',
    'rolled back',
    'abandoned',
    'failing batch',
    'schema change',
    'temporary table',
  ),
  pauses: fc.array(fc.nat(4), { minLength: 3, maxLength: 6 }),
})

const INCREMENT = 'update counter set n = n + 1'
const READ = 'select n from counter'
const LONG_READ =
  'with recursive i(x) as (select 1 union all select x + 1 from i where x < 20000) select n from i, counter'

/** A counter that everyone adds to: what was acknowledged is in it, and nothing else. */
class Counter {
  /** What is known to be added. */
  acknowledged = 0
  /** What may be added besides: under way, or of unknown outcome. */
  pending = 0
  readonly #client: EngineClient

  constructor(client: EngineClient) {
    this.#client = client
  }

  async play({ kind, pauses }: Actor, number: number): Promise<void> {
    let next = 0
    const pause = async (): Promise<void> => {
      const turns = pauses[next++ % pauses.length] ?? 0
      for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve))
    }
    await pause()
    switch (kind) {
      case 'write':
        return this.#add(1, () => this.#client.run(INCREMENT))
      case 'aborted write':
        return this.#addUnlessAborted(() => this.#client.run(INCREMENT))
      case 'batch':
        return this.#add(2, () => this.#client.batch([INCREMENT, INCREMENT]))
      case 'failing batch':
        return this.#fail(() => this.#client.batch([INCREMENT, 'insert into nowhere values (1)']))
      case 'transaction':
      case 'rolled back':
      case 'abandoned':
        return this.#transact(kind, pause)
      case 'snapshot':
        return this.#readSnapshot(pause)
      case 'long read':
        return this.#readLong(() => this.#client.execute(LONG_READ))
      case 'aborted read':
        return this.#readAborted(pause)
      case 'stream':
        return this.#stream(number, pause)
      case 'schema change':
        return this.#client.exec(
          `create table if not exists made${number % 3} (x); drop table made${number % 3}`,
        )
      case 'temporary table':
        return this.#client.exec(`create temp table s${number} (x); drop table s${number}`)
    }
  }

  async #add(amount: number, write: () => Promise<unknown>): Promise<void> {
    this.pending += amount
    await write()
    this.pending -= amount
    this.acknowledged += amount
    // One's own write is shown before it is acknowledged.
    expect(this.#client.probes[0]?.rows[0]?.['n']).toBeGreaterThanOrEqual(this.acknowledged)
  }

  async #addUnlessAborted(write: () => Promise<unknown>): Promise<void> {
    this.pending++
    const writing = write().then(() => this.acknowledged++)
    const request = this.#client.lastRequest
    const aborted = this.#client.request('abort', { request })
    await writing.catch((error: unknown) => expect(error).toMatchObject({ code: 'aborted' }))
    this.pending--
    await aborted
  }

  async #fail(write: () => Promise<unknown>): Promise<void> {
    await expect(write()).rejects.toMatchObject({ code: 'sql' })
  }

  async #transact(
    kind: 'transaction' | 'rolled back' | 'abandoned',
    pause: () => Promise<void>,
  ): Promise<void> {
    const transaction = await this.#client.begin({ timeout: kind === 'abandoned' ? 3 : 60_000 })
    if (kind === 'transaction') this.pending += 2
    try {
      const before = Number(await this.#client.value(READ, { transaction }))
      await pause()
      await this.#client.run(INCREMENT, [], { transaction })
      await this.#client.batch([INCREMENT], transaction)
      await pause()
      expect(await this.#client.value(READ, { transaction })).toBe(before + 2)
      if (kind === 'transaction') {
        await this.#client.commitTransaction(transaction)
        this.acknowledged += 2
      }
    } catch (error) {
      if (kind !== 'abandoned') throw error
      expect(error).toMatchObject({ code: 'transaction-timeout' })
    } finally {
      if (kind === 'transaction') this.pending -= 2
      if (kind === 'rolled back') await this.#client.rollback(transaction)
    }
  }

  async #readSnapshot(pause: () => Promise<void>): Promise<void> {
    const least = this.acknowledged
    const transaction = await this.#client.begin({ readonly: true }).catch(ifBusy)
    if (transaction === undefined) return
    const first = await this.#client.value(READ, { transaction })
    expect(first).toBeGreaterThanOrEqual(least)
    await pause()
    await pause()
    expect(await this.#client.value(READ, { transaction })).toBe(first)
    await this.#client.commitTransaction(transaction)
  }

  async #readLong(read: () => ReturnType<EngineClient['execute']>): Promise<void> {
    const least = this.acknowledged
    const { block } = await read()
    const values = new Set(block.values[0])
    expect(values.size).toBe(1)
    expect([...values][0]).toBeGreaterThanOrEqual(least)
    expect(block.rowCount).toBe(20_000)
  }

  async #readAborted(pause: () => Promise<void>): Promise<void> {
    const reading = this.#client.execute(LONG_READ).catch((error: unknown) => error)
    const request = this.#client.lastRequest
    await pause()
    await this.#client.request('abort', { request })
    const outcome = await reading
    if (outcome instanceof DataSyncError) expect(outcome.code).toBe('aborted')
  }

  async #stream(stream: number, pause: () => Promise<void>): Promise<void> {
    const payload = { stream, sql: LONG_READ, parameters: [], transaction: undefined }
    const opened = await this.#client.request('streamOpen', payload).catch(ifBusy)
    if (opened === undefined) return
    const seen = new Set<unknown>()
    for (let isDone = false; !isDone;) {
      const { block, done } = await this.#client.request('streamNext', { stream })
      for (const n of block.values[0] ?? []) seen.add(n)
      isDone = done
      await pause()
    }
    expect(seen.size).toBe(1)
  }
}

/** Readers may all be held: that is told, and nothing else happens. */
function ifBusy(error: unknown): undefined {
  expect(error).toMatchObject({ code: 'busy' })
  return undefined
}

test('whatever is done at the same time, all is answered and what was acknowledged has happened once', async () => {
  const property = fc.asyncProperty(fc.array(actor, { minLength: 3, maxLength: 25 }), async (actors) => {
    const client = await openUnclosedClient()
    try {
      await client.exec('create table counter (n integer); insert into counter values (0)')
      const probe = await client.observe(READ)
      const counter = new Counter(client)
      await Promise.all(actors.map((each, number) => counter.play(each, number)))
      expect(await client.value(READ)).toBe(counter.acknowledged)
      expect(counter.pending).toBe(0)
      const shown = probe.deliveries.map(({ rows }) => Number(rows[0]?.['n']))
      expect(shown).toEqual(shown.toSorted((a, b) => a - b))
      expect(shown.at(-1)).toBe(counter.acknowledged)
      await expect.poll(() => client.engine.isIdle()).toBe(true)
    } finally {
      await client.request('close', null)
    }
    expect(client.unanswered).toBe(0)
  })
  await fc.assert(property, { ...extent(120, { normal: 15, long: 600 }), timeout: 30_000 })
}, 900_000)
