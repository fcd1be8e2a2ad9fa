import type { SqlParameters, SqlValue } from '../../../values.ts'

/** The parameters of a statement that has `count` of them, and after them some by their numbers. */
export function extendParameters(
  parameters: SqlParameters,
  count: number,
  more: readonly SqlValue[],
): SqlParameters {
  if (Array.isArray(parameters)) return [...(parameters as readonly SqlValue[]), ...more]
  const numbered = more.map((value, index) => [count + 1 + index, value])
  return Object.fromEntries([...Object.entries(parameters), ...numbered]) as SqlParameters
}

/** Whether they can be told from those that are added: a name may be a number, too. */
export function canExtend(parameters: SqlParameters, count: number): boolean {
  return Array.isArray(parameters) || Object.keys(parameters).every((name) => !(Number(name) > count))
}
