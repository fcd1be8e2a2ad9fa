import { toRuns } from '../../src/link/batch-wire.ts'
import { readColumns } from './read-columns.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Bridge } from '../../src/link/protocol.ts'
import { openRawEngine, type RawEngine } from './raw-engine.ts'
import { stagedState, type StagedState } from './staged-state.ts'

/** A commit of about 10 MiB, which is more than one transaction of IndexedDB takes. */
const REWRITE = {
  sql: "update page set version = version + 1, content = printf('%.*c', 1000, char(65 + version % 26))",
  parameters: [],
}

/** When the worker is killed: after a part of the time that a rewrite takes, or as soon as that is seen. */
const MOMENTS = fc.oneof(
  fc.double({ min: 0, max: 1.5, noNaN: true }),
  fc.constantFrom<StagedState>('staged', 'declared'),
)

/**
 * P7, where a commit is stored in parts: killed before, between and after them, it is there whole or not at
 * all.
 */
export function testLargeCommitKills(bridge: Bridge, rounds: number): void {
  test(
    `P7: a commit in parts is there whole or not at all after the worker was killed, on ${bridge}`,
    { timeout: 60_000 + rounds * 10_000 },
    async () => {
      const seed = Date.now()
      const name = `large ${seed}`
      const storage = { storage: 'indexeddb', bridge } as const
      let engine = await openRawEngine(name, storage)
      await engine.call('script', {
        sql: `create table page (id integer primary key, version integer, content text);
        insert into page with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000)
          select i, 0, printf('%.*c', 1000, 'A') from n;`,
        transaction: undefined,
        timeout: undefined,
      })
      engine.kill()
      engine = await openRawEngine(name, storage)
      // As in each round: the first of an engine, which has yet to read what it rewrites.
      const duration = await timeOf(() => rewrite(engine))
      let version = 1

      const met = new Set<StagedState>()
      for (const moment of fc.sample(MOMENTS, { numRuns: rounds, seed })) {
        let isAcknowledged = false
        void rewrite(engine).then(() => (isAcknowledged = true))
        if (typeof moment === 'number') await new Promise((resolve) => setTimeout(resolve, duration * moment))
        else while (!isAcknowledged && (await stagedState(name)) !== moment);
        engine.kill()
        const acknowledged = isAcknowledged
        met.add(await stagedState(name))

        engine = await openRawEngine(name, storage)
        const found = await read(
          engine,
          `select count(distinct version || substr(content, 1, 1) || substr(content, -1)), max(version),
          count(*) from page`,
        )
        expect(found[0], `seed ${seed}`).toBe(1)
        expect(found[2], `seed ${seed}`).toBe(10_000)
        expect([version, version + 1], `seed ${seed}`).toContain(found[1])
        if (acknowledged) expect(found[1], `seed ${seed}`).toBe(version + 1)
        expect(await read(engine, 'pragma integrity_check'), `seed ${seed}`).toEqual(['ok'])
        // What was interrupted is finished or gone, and leaves nothing behind.
        expect(await stagedState(name), `seed ${seed}`).toBe('nothing staged')
        version = Number(found[1])
      }
      // Else the kills came too early or too late.
      if (rounds >= 100) expect([...met].toSorted()).toEqual(['declared', 'nothing staged', 'staged'])
      await engine.call('delete', null)
      engine.kill()
    },
  )
}

async function rewrite(engine: RawEngine): Promise<void> {
  await engine.call('batch', { runs: toRuns([REWRITE]), transaction: undefined, timeout: undefined })
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** The first row. */
async function read(engine: RawEngine, sql: string): Promise<readonly unknown[]> {
  const columns = await readColumns(engine, sql)
  return columns.map(([value]) => value)
}
