/** A value as SQLite stores it. Integers arrive as `number` where that is exact, else as `bigint`. */
export type SqlValue = null | number | bigint | string | Uint8Array

/** A value that can be bound to a parameter. `true` and `false` are stored as 1 and 0. */
export type SqlParameter = SqlValue | boolean

/**
 * The parameters of a statement: by position for `?` and `?1`, by name (without its prefix) for
 * `:name`, `@name` and `$name`.
 */
export type SqlParameters = readonly SqlParameter[] | Readonly<Record<string, SqlParameter>>

/** A row as an object. Where two columns share a name, the last one wins: give them aliases. */
export type SqlRow = Readonly<Record<string, SqlValue>>
