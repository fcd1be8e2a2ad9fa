import type { Task } from '../../task.ts'
import { measureInbox, verifyInbox } from './measure-inbox.ts'
import { inboxTables, recordInbox } from './record-inbox.ts'
import { sqlInbox } from './sql-inbox.ts'

/** Mail: what is on the screen when a folder is opened, searched, and a message of it read. */
export const inboxTask: Task = {
  tables: inboxTables,
  sql: (session) => measureInbox(sqlInbox(session)),
  records: (store) => measureInbox(recordInbox(store)),
  verify: {
    sql: (session) => verifyInbox(sqlInbox(session)),
    records: (store) => verifyInbox(recordInbox(store)),
  },
}
