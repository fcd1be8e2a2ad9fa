import type { SqlParameters, SqlValue } from '../../../values.ts'

/** What has to be known of a statement's parameters to add some. */
export interface StatementParameters {
  /** Their greatest number. */
  readonly parameterCount: number
  /** Whether some have names. */
  readonly hasNames: boolean
}

/** The parameters of a statement that has `count` of them, and after them some by their numbers. */
export function extendParameters(
  parameters: SqlParameters,
  count: number,
  more: readonly SqlValue[],
): SqlParameters {
  if (Array.isArray(parameters)) return [...(parameters as readonly SqlValue[]), ...more]
  const numbered = more.map((value, index) => [count + 1 + index, value])
  // Those that are left out have no names in what is made, and are bound all the same.
  return Object.fromEntries([...Object.entries(parameters), ['', null], ...numbered]) as SqlParameters
}

/**
 * Whether they mean the same in a statement that was made of the one they were given for: by position, a name means
 * something else where it stands in another place. And whether they can be told from those that are added: a name may
 * be a number, too.
 */
export function canExtend(
  parameters: SqlParameters,
  { parameterCount, hasNames }: StatementParameters,
): boolean {
  if (Array.isArray(parameters)) return parameters.length === parameterCount && !hasNames
  return Object.keys(parameters).every((name) => !(Number(name) > parameterCount))
}
