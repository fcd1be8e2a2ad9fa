import { expect } from 'vitest'
import type { EngineClient } from './engine-client.ts'

/** Compares every live query with a run of the same statement now. */
export async function expectFresh(client: EngineClient): Promise<void> {
  for (const probe of client.probes) {
    const fresh = await client.query(probe.sql, probe.parameters).catch((error: unknown) => error)
    if (fresh instanceof Error) expect(probe.error?.message, probe.sql).toBe(fresh.message)
    else {
      expect(probe.error, probe.sql).toBeUndefined()
      expect(probe.rows, probe.sql).toEqual(fresh)
    }
  }
}

/** Does `write`, then compares every live query with a fresh run; answers with the SQL of those that ran again for it. */
export async function rerunsOf(
  client: EngineClient,
  write: string | (() => Promise<unknown>),
): Promise<readonly string[]> {
  const before = client.probes.map((probe) => probe.runs.length)
  await (typeof write === 'string' ? client.exec(write) : write())
  const reruns = client.probes.filter((probe, index) => probe.runs.length !== before[index])
  await expectFresh(client)
  return reruns.map(({ sql }) => sql)
}
