import type { Task } from '../../task.ts'
import { classicSql } from './classic-sql.ts'

/** Sixteen tests of SQL that everyone has measured for decades. */
export const classic: Task = { tables: [], sql: classicSql, records: undefined, verify: undefined }
