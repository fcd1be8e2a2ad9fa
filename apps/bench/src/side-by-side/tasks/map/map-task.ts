import type { Task } from '../../task.ts'
import { measureMap, verifyMap } from './measure-map.ts'
import { mapTables, recordMap } from './record-map.ts'
import { sqlMap } from './sql-map.ts'

/** A map of the world's cities, which is moved over Europe. */
export const mapTask: Task = {
  tables: mapTables,
  sql: (session) => measureMap(sqlMap(session)),
  records: (store) => measureMap(recordMap(store)),
  verify: {
    sql: (session) => verifyMap(sqlMap(session)),
    records: (store) => verifyMap(recordMap(store)),
  },
}
