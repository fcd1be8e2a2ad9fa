import type { Task } from '../../task.ts'
import { measureClassic } from './measure-classic.ts'

/** Sixteen tests of SQL that everyone has measured for decades. */
export const classicTask: Task = { tables: [], sql: measureClassic, records: undefined, verify: undefined }
