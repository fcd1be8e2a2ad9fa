/** The benchmarks that a page runs by itself, in this order. */
export const PAGE_BENCHMARKS = [
  'layers',
  'page-commits',
  'page-reads',
  'framework-lists',
  'cold-start',
] as const

export type PageBenchmark = (typeof PAGE_BENCHMARKS)[number]
