import type { Statement } from './sqlite/statement.ts'
import { DataSyncError } from '../errors.ts'

export function refuseTransactionControl(statement: Statement): void {
  if (!statement.controlsTransaction) return
  throw new DataSyncError(
    'transaction-control',
    'A statement may not begin or end a transaction by itself.',
    {
      sql: statement.sql,
    },
  )
}
