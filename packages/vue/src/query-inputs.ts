import type { QueryOptions, SqlParameter, SqlParameters } from '@datasync/engine'
import { toValue, type MaybeRefOrGetter } from 'vue'

/** Parameters by position or by name; all of them together, and each, may be a ref or a getter. */
export type UseQueryParameters = MaybeRefOrGetter<
  | readonly MaybeRefOrGetter<SqlParameter>[]
  | Readonly<Record<string, MaybeRefOrGetter<SqlParameter>>>
  | undefined
>

/** The options of a query, of which `enabled` is most often a ref. */
export interface UseQueryOptions<Row, Data> extends Omit<QueryOptions<Row, Data>, 'enabled'> {
  /** `false` asks nothing: the result is pending, and not being fetched. */
  readonly enabled?: MaybeRefOrGetter<boolean | undefined>
}

export function resolveOptions<Row, Data>(
  options: UseQueryOptions<Row, Data> | undefined,
): QueryOptions<Row, Data> {
  return { ...options, enabled: toValue(options?.enabled) }
}

export function resolveParameters(parameters: UseQueryParameters): SqlParameters | undefined {
  const given = toValue(parameters)
  if (given === undefined) return undefined
  if (isPositional(given)) return given.map((value) => toValue(value))
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, toValue(value)]))
}

function isPositional(
  parameters: Exclude<ReturnType<typeof toValue<UseQueryParameters>>, undefined>,
): parameters is readonly MaybeRefOrGetter<SqlParameter>[] {
  return Array.isArray(parameters)
}
