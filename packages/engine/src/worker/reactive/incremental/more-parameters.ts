import type { SqlParameters, SqlValue } from '../../../values.ts'

/** Those of a statement, of which the last has this number, and after them some by their numbers. */
export function withMore(
  parameters: SqlParameters,
  parameterCount: number,
  more: readonly SqlValue[],
): SqlParameters {
  if (Array.isArray(parameters)) return [...(parameters as readonly SqlValue[]), ...more]
  const numbered = more.map((value, index) => [parameterCount + 1 + index, value])
  return Object.fromEntries([...Object.entries(parameters), ...numbered]) as SqlParameters
}

/** A name may be a number, too. */
export function hasName(parameters: SqlParameters, number: number): boolean {
  return !Array.isArray(parameters) && Object.keys(parameters).some((name) => Number(name) >= number)
}
