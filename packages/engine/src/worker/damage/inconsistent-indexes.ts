import type { Complaint } from './check-integrity.ts'
import type { SurveyedDatabase } from './survey-database.ts'

/** The indexes that SQLite's check has found not to fit their tables: it ends such a complaint in a name. */
export function inconsistentIndexes(
  { survey }: SurveyedDatabase,
  complaints: readonly Complaint[],
): ReadonlySet<string> {
  const names = survey.trees.flatMap(({ owner }) => (owner.kind === 'index' ? [owner.name] : []))
  return new Set(names.filter((name) => complaints.some(({ text }) => text.endsWith(`index ${name}`))))
}
