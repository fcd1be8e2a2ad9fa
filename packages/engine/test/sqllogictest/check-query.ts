import type { ExecuteResult } from '../../src/statement-result.ts'
import type { QueryRecord } from './record.ts'
import type { Failure, FailureCause } from './report.ts'
import type { Outcome } from './script-session.ts'
import { hashValues } from './hash-values.ts'
import { renderValue } from './render-value.ts'
import { sortValues } from './sort-values.ts'

const HASH = /^\d+ values hashing to [0-9a-f]{32}$/

/** Compares a result with that of the script, and with those of other queries of its label. */
export function checkQuery(
  query: QueryRecord,
  outcome: Outcome<ExecuteResult>,
  labels: Map<string, string>,
): readonly Failure[] {
  const { line, sql, types, label } = query
  const failure = (cause: FailureCause, message: string): Failure => ({ line, sql, cause, message })
  if ('error' in outcome) return [failure('query-failed', String(outcome.error))]
  const { columns, rows } = outcome.value
  if (columns.length !== types.length) {
    return [failure('wrong-columns', `it has ${columns.length} columns, not ${types.length}`)]
  }
  const rendered = rows.map((row) => types.map((type, column) => renderValue(type, row[column] ?? null)))
  const values = sortValues(rendered, query.sort)
  const isHashed = query.result.length === 1 && HASH.test(query.result[0] ?? '')
  const hash = isHashed || label !== undefined ? hashValues(values) : ''
  const result = isHashed ? [`${values.length} values hashing to ${hash}`] : values

  const failures: Failure[] = []
  if (!isEqual(result, query.result)) {
    const cause = isHashed ? 'wrong-hash' : 'wrong-result'
    failures.push(failure(cause, `${describe(result)} and not ${describe(query.result)}`))
  }
  if (label !== undefined) {
    if ((labels.get(label) ?? hash) !== hash) {
      failures.push(failure('wrong-label', `the label ${label} had another result`))
    }
    if (!labels.has(label)) labels.set(label, hash)
  }
  return failures
}

function isEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}

function describe(values: readonly string[]): string {
  const shown = values.slice(0, 20).join(' | ')
  return `[${shown}${values.length > 20 ? ` … ${values.length} values` : ''}]`
}
