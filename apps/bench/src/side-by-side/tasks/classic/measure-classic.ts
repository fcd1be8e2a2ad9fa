import type { SqlSession } from '../../sql-session.ts'
import { timed, verify, type Measures } from '../../task.ts'
import { classicTests } from './classic-statements.ts'

/** What all must have after the second test, and after the last but one. */
const COUNT_CHECKS: ReadonlyMap<string, readonly [table: string, count: number]> = new Map([
  ['classic-2', ['t2', 25_000]],
  ['classic-15', ['t1', 3000]],
])

export async function measureClassic(session: SqlSession): Promise<Measures> {
  const measures: Record<string, readonly number[]> = {}
  let total = 0
  for (const { id, statements, transactions } of classicTests()) {
    const time = await timed(() => session.script(statements, transactions))
    measures[id] = [time]
    total += time
    const [table, count] = COUNT_CHECKS.get(id) ?? []
    if (table === undefined) continue
    const [row] = await session.query(`select count(*) as count from ${table}`)
    verify(Number(row?.['count']) === count, `${table} has ${String(row?.['count'])} rows after ${id}`)
  }
  return { ...measures, 'classic-total': [total] }
}
