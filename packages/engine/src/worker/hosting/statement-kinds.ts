/** Statements that SQLite does not run inside a transaction, or that mean something else there. */
const ALONE = new Set(['vacuum', 'pragma', 'attach', 'detach'])
const ENDS = new Set(['commit', 'end', 'release'])

/** Whether a statement can be made one with what is recorded of it. The others may be run twice. */
export function isAtomic(sql: string): boolean {
  return !ALONE.has(firstWord(sql))
}

/** Whether a statement ends a transaction, or a part of one, so that it is kept. */
export function isEndOfTransaction(sql: string): boolean {
  return ENDS.has(firstWord(sql))
}

function firstWord(sql: string): string {
  const [, word = ''] = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/|;)*([a-z]*)/i.exec(sql) ?? []
  return word.toLowerCase()
}
