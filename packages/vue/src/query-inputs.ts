import type { PageOptions, QueryOptions, SqlParameter, SqlParameters } from '@datasync/engine'
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

/** The options of a query that is shown by pages. */
export interface UseInfiniteQueryOptions<Row, Data> extends UseQueryOptions<Row, Data>, PageOptions {}

export function resolveParameters(parameters: UseQueryParameters): SqlParameters | undefined {
  const given = toValue(parameters)
  if (Array.isArray(given)) return given.map((value) => toValue(value))
  // What is no parameters at all is handed on, for the engine to say so.
  if (Object.prototype.toString.call(given) !== '[object Object]') return given as SqlParameters | undefined
  return Object.fromEntries(Object.entries(given ?? {}).map(([name, value]) => [name, toValue(value)]))
}
