import type { Task } from '../../task.ts'
import { JOIN_TABLES } from './join-data.ts'
import { joinSql } from './join-sql.ts'

/** Two tables that belong together. */
export const join: Task = { tables: JOIN_TABLES, sql: joinSql, records: undefined, verify: undefined }
