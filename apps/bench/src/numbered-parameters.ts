/** A statement with `?` for its parameters as Postgres wants it, which counts them. */
export function numberedParameters(sql: string): string {
  let count = 0
  return sql.replaceAll('?', () => `$${++count}`)
}
