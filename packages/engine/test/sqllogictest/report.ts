export type FailureCause =
  | 'statement-failed'
  | 'error-missing'
  | 'wrong-count'
  | 'query-failed'
  | 'wrong-columns'
  | 'wrong-result'
  | 'wrong-hash'
  | 'wrong-label'

export interface Failure {
  readonly line: number
  readonly sql: string
  readonly cause: FailureCause
  readonly message: string
}

/** One that a difference by design explains. */
export interface ExpectedFailure extends Failure {
  readonly difference: string
}

/** What became of the records of one script, or of several. */
export interface Report {
  readonly statements: number
  readonly queries: number
  /** Meant for other databases. */
  readonly skipped: number
  /** Statements that begin or end a transaction, which the engine has methods for. */
  readonly transactions: number
  readonly failures: readonly Failure[]
  readonly byDesign: readonly ExpectedFailure[]
}

export const EMPTY_REPORT: Report = {
  statements: 0,
  queries: 0,
  skipped: 0,
  transactions: 0,
  failures: [],
  byDesign: [],
}

export function addReports(a: Report, b: Report): Report {
  return {
    statements: a.statements + b.statements,
    queries: a.queries + b.queries,
    skipped: a.skipped + b.skipped,
    transactions: a.transactions + b.transactions,
    failures: [...a.failures, ...b.failures],
    byDesign: [...a.byDesign, ...b.byDesign],
  }
}

export function describeReport(report: Report): string {
  const { statements, queries, skipped, transactions, failures, byDesign } = report
  return [
    `${statements + queries} records: ${statements} statements, ${queries} queries`,
    `statements that begin or end a transaction: ${transactions}`,
    `records for other databases: ${skipped}`,
    `differences by design: ${countBy(byDesign.map(({ difference }) => difference))}`,
    `failures: ${countBy(failures.map(({ cause }) => cause))}`,
  ].join('\n')
}

function countBy(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => `${count} ${name}`).join(', ') || 'none'
}

export function describeFailure({ line, sql, cause, message }: Failure): string {
  return `line ${line}, ${cause}: ${message}\n${sql}`
}
