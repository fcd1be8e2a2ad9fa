import { compareColdStarts } from './benchmarks/cold-start.ts'
import { compareFrameworkLists } from './benchmarks/framework-lists.ts'
import { compareLayers } from './benchmarks/layers.ts'
import { measureLiveUpdates } from './benchmarks/live-updates.ts'
import { comparePageCommits } from './benchmarks/page-commits.ts'
import { comparePageReads } from './benchmarks/page-reads.ts'
import type { Ratio } from './ratio.ts'

declare global {
  /** What `run.ts` calls in the page. */
  var runBenchmarks: () => Promise<readonly Ratio[]>
}

globalThis.runBenchmarks = async () => [
  ...(await compareLayers()),
  ...(await comparePageCommits()),
  ...(await comparePageReads()),
  ...(await measureLiveUpdates()),
  ...(await compareFrameworkLists()),
  ...(await compareColdStarts()),
]
