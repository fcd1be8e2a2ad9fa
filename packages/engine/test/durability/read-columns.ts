import type { RawEngine } from './raw-engine.ts'

/** The result of a statement, a list for each column. */
export async function readColumns(engine: RawEngine, sql: string): Promise<readonly (readonly unknown[])[]> {
  const { block } = await engine.call('statement', {
    sql,
    parameters: [],
    lane: 'auto',
    shape: 'all-rows',
    transaction: undefined,
    timeout: undefined,
  })
  return block.values
}
