import { DataSyncError, type ErrorCode, type ErrorDetail } from '../../errors.ts'
import * as codes from './result-codes.ts'

/** How SQLite's primary result codes are called here; whatever is not listed is a fault of the SQL. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  [codes.BUSY]: 'busy',
  [codes.NOMEM]: 'out-of-memory',
  [codes.READONLY]: 'read-only',
  [codes.INTERRUPT]: 'timeout',
  [codes.IOERR]: 'io-error',
  [codes.CORRUPT]: 'corrupt',
  [codes.FULL]: 'quota-exceeded',
  [codes.CANTOPEN]: 'io-error',
  [codes.TOOBIG]: 'too-big',
  [codes.CONSTRAINT]: 'constraint',
  [codes.RANGE]: 'invalid-parameter',
  [codes.NOTADB]: 'not-a-database',
}

/** A checksum does not fit, where the storage no longer knows of which page. */
const IOERR_DATA = 8202

/** Extended codes of SQLITE_CONSTRAINT, by their high byte. */
const CONSTRAINTS: Readonly<Record<number, string>> = {
  1: 'check',
  3: 'foreign key',
  5: 'not null',
  6: 'primary key',
  7: 'trigger',
  8: 'unique',
  10: 'rowid',
  12: 'datatype',
}

/** What is known of a failure when SQLite reports it. */
export interface SqliteFailure {
  /** SQLite's extended result code. */
  readonly resultCode: number
  readonly message: string
  readonly sql: string
  /** Where in the UTF-8 form of `sql` the fault lies, or -1. */
  readonly byteOffset: number
}

/** SQLite's error as a typed one; an error in the text of the SQL shows its place with a caret. */
export function sqliteError(failure: SqliteFailure): DataSyncError {
  const { resultCode, message, sql, byteOffset } = failure
  const primary = resultCode & 0xff
  const code = resultCode === IOERR_DATA ? 'corrupt' : (CODES[primary] ?? 'sql')
  const offset = byteOffset < 0 ? undefined : characterOffset(sql, byteOffset)
  const detail: ErrorDetail = {
    sql,
    offset,
    resultCode,
    constraint: primary === codes.CONSTRAINT ? CONSTRAINTS[resultCode >> 8] : undefined,
  }
  const text = offset === undefined ? `${message}.` : `${message}:\n${showOffset(sql, offset)}`
  return new DataSyncError(code, text, detail)
}

function characterOffset(sql: string, byteOffset: number): number {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    new TextEncoder().encode(sql).subarray(0, byteOffset),
  ).length
}

/** The line of the statement with the fault, and a caret below it. */
function showOffset(sql: string, offset: number): string {
  const start = sql.lastIndexOf('\n', offset - 1) + 1
  const end = sql.indexOf('\n', offset)
  const line = sql.slice(start, end < 0 ? undefined : end)
  return `  ${line}\n  ${line.slice(0, offset - start).replaceAll(/[^\t]/g, ' ')}^`
}
