import { compareLayers } from './benchmarks/layers.ts'
import type { Ratio } from './ratio.ts'

declare global {
  /** What `run.ts` calls in the page. */
  var runBenchmarks: () => Promise<readonly Ratio[]>
}

globalThis.runBenchmarks = async () => [...(await compareLayers())]
