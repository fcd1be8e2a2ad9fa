import { fasterThan, median, moreThan, type Ratio } from '../ratio.ts'
import { callWorker } from '../workers/call.ts'
import { COLUMNS, ROWS, type BenchmarkTask, type CommitRate, type ReadTimes } from '../workload.ts'

const ALTERNATIONS = 3

/** Reading and committing inside the worker, against the official object API and its OPFS pool. */
export async function compareLayers(): Promise<readonly Ratio[]> {
  const reads = { ours: [] as number[], other: [] as number[] }
  const commits = { ours: [] as number[], other: [] as number[] }
  for (let i = 0; i < ALTERNATIONS; i++) {
    reads.other.push(median((await callWorker<ReadTimes>(stock(), task('reads'))).rounds))
    reads.ours.push(median((await callWorker<ReadTimes>(engine(), task('reads'))).rounds))
    commits.other.push((await callWorker<CommitRate>(stock(), task('commits'))).perSecond)
    commits.ours.push((await callWorker<CommitRate>(engine(), task('commits'))).perSecond)
  }
  return [
    fasterThan(
      `read ${ROWS} rows of ${COLUMNS} columns`,
      median(reads.ours),
      'oo1.exec',
      median(reads.other),
    ),
    moreThan('durable one-row commits', median(commits.ours), 'opfs-sahpool', median(commits.other)),
  ]
}

function task(name: BenchmarkTask): BenchmarkTask {
  return name
}

function stock(): Worker {
  return new Worker(new URL('../workers/stock.worker.ts', import.meta.url), { type: 'module' })
}

function engine(): Worker {
  return new Worker(new URL('../workers/engine.worker.ts', import.meta.url), { type: 'module' })
}
