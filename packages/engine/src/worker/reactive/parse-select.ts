import { parseStmt, type SelectStmt } from 'sqlite3-parser'

/** A statement as the parser reads it, if it is one that selects and is understood. */
export function parseSelect(sql: string): SelectStmt | undefined {
  const parsed = parseStmt(sql)
  return parsed.status === 'ok' && parsed.root.type === 'SelectStmt' ? parsed.root : undefined
}
