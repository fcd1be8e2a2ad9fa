import type { Task } from '../../task.ts'
import { LARGE_TABLES } from './large-data.ts'
import { measureLargeTable, verifyLargeTable } from './measure-large-table.ts'
import { recordLargeTable } from './record-large-table.ts'
import { sqlLargeTable } from './sql-large-table.ts'

/** Whole tables, with the queries of absurd-sql's own benchmark among others. */
export const largeTableTask: Task = {
  tables: LARGE_TABLES,
  sql: (session, scale) => measureLargeTable(sqlLargeTable(session), scale),
  records: (store, scale) => measureLargeTable(recordLargeTable(store), scale),
  verify: {
    sql: (session, scale) => verifyLargeTable(sqlLargeTable(session), scale),
    records: (store, scale) => verifyLargeTable(recordLargeTable(store), scale),
  },
}
