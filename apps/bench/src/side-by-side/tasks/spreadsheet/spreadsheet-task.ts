import type { Task } from '../../task.ts'
import { measureSpreadsheet, verifySpreadsheet } from './measure-spreadsheet.ts'
import { recordSpreadsheet, sheetTables } from './record-spreadsheet.ts'
import { sqlSpreadsheet } from './sql-spreadsheet.ts'

/** Cells that depend on one another: an edit, all that follows from it, and what is then on the screen. */
export const spreadsheetTask: Task = {
  tables: sheetTables,
  sql: (session) => measureSpreadsheet(sqlSpreadsheet(session)),
  records: (store) => measureSpreadsheet(recordSpreadsheet(store)),
  verify: {
    sql: (session) => verifySpreadsheet(sqlSpreadsheet(session)),
    records: (store) => verifySpreadsheet(recordSpreadsheet(store)),
  },
}
