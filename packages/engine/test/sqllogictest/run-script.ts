import type { Database } from '../../src/handle.ts'
import type { Script } from './parse-script.ts'
import type { ScriptRecord, StatementRecord } from './record.ts'
import type { ExpectedFailure, Failure, Report } from './report.ts'
import { findDifference } from './by-design.ts'
import { checkQuery } from './check-query.ts'
import { checkStatement } from './check-statement.ts'
import { ScriptSession } from './script-session.ts'

/** How many records are under way at once. */
const GROUP_SIZE = 100

/**
 * Plays a script against an empty database. Records of one kind that follow each other are sent
 * together, reads as well as writes: none of them can see of the others what it must not.
 */
export async function runScript(db: Database, { records, skipped }: Script): Promise<Report> {
  const session = new ScriptSession(db)
  const labels = new Map<string, string>()
  const failures: Failure[] = []
  const byDesign: ExpectedFailure[] = []
  for (const group of groupRecords(records)) {
    const outcomes = await Promise.all(
      group.map(async (record) => ({
        record,
        found:
          record.kind === 'statement'
            ? checkStatement(record, await session.run(record.sql))
            : checkQuery(record, await session.query(record.sql), labels),
      })),
    )
    for (const { record, found } of outcomes) {
      for (const failure of found) {
        const difference = findDifference(record, failure)
        if (difference === undefined) failures.push(failure)
        else byDesign.push({ ...failure, difference })
      }
    }
  }
  await session.end()
  const statements = records.filter(({ kind }) => kind === 'statement').length
  return {
    statements,
    queries: records.length - statements,
    skipped,
    transactions: session.transactions,
    failures,
    byDesign,
  }
}

function* groupRecords(records: readonly ScriptRecord[]): Generator<readonly ScriptRecord[]> {
  let group: ScriptRecord[] = []
  for (const record of records) {
    const [first] = group
    const isOpen = first !== undefined && first.kind === record.kind && group.length < GROUP_SIZE
    if (!isOpen || isAlone(first) || isAlone(record)) {
      if (group.length > 0) yield group
      group = []
    }
    group.push(record)
  }
  if (group.length > 0) yield group
}

/** Where a transaction begins or ends, what follows goes another way. */
function isAlone(record: ScriptRecord): record is StatementRecord {
  return record.kind === 'statement' && ScriptSession.controlsTransaction(record.sql)
}
