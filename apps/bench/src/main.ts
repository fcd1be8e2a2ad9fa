import { compareColdStarts } from './benchmarks/cold-start.ts'
import { compareFrameworkLists } from './benchmarks/framework-lists.ts'
import { compareLayers } from './benchmarks/layers.ts'
import { comparePageCommits } from './benchmarks/page-commits.ts'
import { comparePageReads } from './benchmarks/page-reads.ts'
import type { PageBenchmark } from './page-benchmark.ts'
import type { Ratio } from './ratio.ts'

declare global {
  /** What `run.ts` calls in the page. */
  var runBenchmark: (name: PageBenchmark) => Promise<readonly Ratio[]>
}

const benchmarks: Readonly<Record<PageBenchmark, () => Promise<readonly Ratio[]>>> = {
  layers: compareLayers,
  'page-commits': comparePageCommits,
  'page-reads': comparePageReads,
  'framework-lists': compareFrameworkLists,
  'cold-start': compareColdStarts,
}

globalThis.runBenchmark = (name) => benchmarks[name]()
