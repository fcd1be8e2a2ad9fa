import type { Task } from '../../task.ts'
import { measureSales } from './measure-sales.ts'
import { recordSales } from './record-sales.ts'
import { SALES_TABLES } from './sales-data.ts'
import { sqlSales } from './sql-sales.ts'

/** Two tables that belong together. */
export const joinTask: Task = {
  tables: SALES_TABLES,
  sql: (session) => measureSales(sqlSales(session)),
  records: (store) => measureSales(recordSales(store)),
  verify: undefined,
}
