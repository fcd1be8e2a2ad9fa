import type { Task } from '../../task.ts'
import { LARGE_TABLES } from './large-data.ts'
import { largeSql, verifyLargeSql } from './large-sql.ts'

/** More rows than any cache holds. */
export const largeTable: Task = {
  tables: LARGE_TABLES,
  sql: largeSql,
  records: undefined,
  verify: { sql: verifyLargeSql, records: async () => undefined },
}
