import { TOTAL } from '../bank.ts'
import type { SnapshotRecord } from '../order.ts'

type Rows = NonNullable<SnapshotRecord['rows']>

/** What live queries delivered: no loss of data, no error, nothing twice, nothing torn, nothing going back. */
export function checkSnapshots(snapshots: readonly SnapshotRecord[]): readonly string[] {
  const before = new Map<string, SnapshotRecord>()
  return snapshots.flatMap((snapshot) => {
    const key = `${snapshot.query} in ${snapshot.tab}`
    const last = before.get(key)
    before.set(key, snapshot)
    return checkSnapshot(snapshot, last).map((fault) => `The query of ${key} ${fault}.`)
  })
}

function checkSnapshot(snapshot: SnapshotRecord, last: SnapshotRecord | undefined): readonly string[] {
  const { status, error, rows, query } = snapshot
  if (error !== undefined) return [`ended with ${error}`]
  if (last !== undefined && contentOf(snapshot) === contentOf(last)) return ['was delivered twice']
  if (rows === undefined) return last?.rows === undefined ? [] : ['lost its rows']
  if (status !== 'success') return [`was ${status} although it had rows`]
  return query === 'entries' ? checkEntries(rows, last?.rows) : checkTotal(rows)
}

function checkEntries(rows: Rows, last: Rows | undefined): readonly string[] {
  const [now, then] = [countOf(rows), countOf(last)]
  return now < then ? [`went back from ${then} to ${now}`] : []
}

function checkTotal(rows: Rows): readonly string[] {
  const sum = rows.reduce((total, row) => total + (row['balance'] ?? row['n'] ?? 0), 0)
  return sum === TOTAL ? [] : [`showed a total of ${sum}`]
}

function countOf(rows: Rows | undefined): number {
  return rows?.[0]?.['n'] ?? 0
}

function contentOf({ status, isFetching, rows }: SnapshotRecord): string {
  return JSON.stringify([status, isFetching, rows])
}
