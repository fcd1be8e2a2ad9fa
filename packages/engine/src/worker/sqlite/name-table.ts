import { DataSyncError } from '../../errors.ts'
import { splitTableKey, type StatementAccess } from './statement-access.ts'

/** The error of damage that a statement met, with the table that it met it in if it reads only one. */
export function nameTable(error: unknown, { reads, writes }: StatementAccess): unknown {
  if (!(error instanceof DataSyncError) || error.code !== 'corrupt' || error.detail.page === undefined) {
    return error
  }
  const tables = new Set([...reads.keys(), ...writes.keys()].map((key) => splitTableKey(key).table))
  const [table] = tables
  if (tables.size !== 1 || table === undefined) return error
  const sentence = `${error.sentence} Table "${table}" was being read.`
  return new DataSyncError('corrupt', sentence, { ...error.detail, table }, error)
}
