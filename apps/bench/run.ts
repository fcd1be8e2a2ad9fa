import { parseArgs } from 'node:util'
import { build } from 'vite'
import { runFirstRow } from './runner/first-row/run-first-row.ts'
import { runLive } from './runner/live/run-live.ts'
import { runPageBenchmarks } from './runner/run-page-benchmarks.ts'
import { writeDocs } from './runner/side-by-side/report/write-docs.ts'
import { writeReport } from './runner/side-by-side/report/write-report.ts'
import { runSideBySide } from './runner/side-by-side/run-side-by-side.ts'
import { runTabs } from './runner/tabs/run-tabs.ts'
import { PAGE_BENCHMARKS } from './src/page-benchmark.ts'
import { FULL, QUICK } from './src/side-by-side/scale.ts'

const TABS = 'tabs'
const LIVE = 'live'
const FIRST_ROW = 'first-row'
const names: readonly string[] = [...PAGE_BENCHMARKS, TABS, LIVE, FIRST_ROW]

const { values, positionals } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
  },
  allowPositionals: true,
})
const unknown = positionals.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  throw new Error(`There is no benchmark ${unknown.join(', ')}. There are: ${names.join(', ')}.`)
}

// Its apps are built one by one.
if (positionals.some((name) => name !== FIRST_ROW) || positionals.length === 0) {
  await build({ root: import.meta.dirname, logLevel: 'warn' })
}
if (positionals.length === 0) {
  const results = await runSideBySide(values.full ? FULL : QUICK, values.only)
  const { json, page } = await writeReport(results)
  if (values.full && values.only === undefined) await writeDocs(results)
  console.log(`All that was measured: ${json}\nAs a page: ${page}`)
}
const onPage = PAGE_BENCHMARKS.filter((name) => positionals.includes(name))
if (onPage.length > 0) await runPageBenchmarks(onPage)
if (positionals.includes(TABS)) await runTabs()
if (positionals.includes(LIVE)) await runLive()
if (positionals.includes(FIRST_ROW)) await runFirstRow()
