/** `replace` as the conflict clause, which deletes rows of which nobody tells; not the function. */
const REPLACE_CLAUSE = /\breplace\b(?!\s*\()/i

/** Whether a statement, or the definition of a table or trigger, may resolve conflicts by deleting rows. */
export function mentionsReplace(sql: string): boolean {
  return REPLACE_CLAUSE.test(sql)
}

export function isVirtual(definition: string): boolean {
  return /^\s*create\s+virtual/i.test(definition)
}

export function usesAutoincrement(definition: string): boolean {
  return /\bautoincrement\b/i.test(definition)
}

/** The module of a virtual table, in lower case. */
export function moduleOf(definition: string): string | undefined {
  return /\busing\s+["'`[]?(\w+)/i.exec(definition)?.[1]?.toLowerCase()
}

/** The name of the table that holds the text of an FTS5 table, if that is not its own. */
export function contentTableOf(definition: string): string | undefined {
  const name = /\bcontent\s*=\s*(?:"([^"]+)"|'([^']+)'|`([^`]+)`|\[([^\]]+)\]|(\w+))/i.exec(definition)
  return name?.slice(1).find((group) => group !== undefined)
}
