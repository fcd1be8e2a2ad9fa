import type { Task } from '../../task.ts'
import { ITEM_TABLES } from './item-data.ts'
import { measureItems, verifyItems } from './measure-items.ts'
import { recordItems } from './record-items.ts'
import { sqlItems } from './sql-items.ts'

/** Ten thousand rows with eight columns, as a page writes and reads them. */
export const itemsTask: Task = {
  tables: ITEM_TABLES,
  sql: (session) => measureItems(sqlItems(session)),
  records: (store) => measureItems(recordItems(store)),
  verify: {
    sql: (session) => verifyItems(sqlItems(session)),
    records: (store) => verifyItems(recordItems(store)),
  },
}
