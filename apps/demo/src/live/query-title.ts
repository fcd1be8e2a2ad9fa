/** The statements of this page begin with a comment that says what they are for. */
export function queryTitle(sql: string): string {
  return /^\/\* (.*?) \*\//.exec(sql)?.[1] ?? 'Query'
}

export function querySql(sql: string): string {
  return sql.replace(/^\/\*.*?\*\/\s*/, '').replace(/\s+/g, ' ')
}
