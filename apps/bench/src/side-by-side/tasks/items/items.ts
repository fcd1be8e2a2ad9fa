import type { Task } from '../../task.ts'
import { ITEM_TABLES } from './item-data.ts'
import { itemSql, verifyItemSql } from './item-sql.ts'

/** Ten thousand rows with eight columns, as a page writes and reads them. */
export const items: Task = {
  tables: ITEM_TABLES,
  sql: itemSql,
  records: undefined,
  verify: { sql: verifyItemSql, records: async () => undefined },
}
