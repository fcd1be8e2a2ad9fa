import type { RunResult } from '../../src/statement-result.ts'
import type { StatementRecord } from './record.ts'
import type { Failure, FailureCause } from './report.ts'
import type { Outcome } from './script-session.ts'

export function checkStatement(
  { line, sql, outcome: expected }: StatementRecord,
  outcome: Outcome<RunResult | undefined>,
): readonly Failure[] {
  const fail = (cause: FailureCause, message: string): readonly Failure[] => [{ line, sql, cause, message }]
  if ('error' in outcome) return expected === 'error' ? [] : fail('statement-failed', String(outcome.error))
  if (expected === 'error') return fail('error-missing', 'it succeeded')
  const changes = outcome.value?.changes ?? 0
  if (expected === 'ok' || expected === changes) return []
  return fail('wrong-count', `it changed ${changes} rows, not ${expected}`)
}
