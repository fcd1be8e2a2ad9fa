import { build } from 'vite'
import { runBlockStorage } from './runner/run-block-storage.ts'
import { runLive } from './runner/live/run-live.ts'
import { runPageBenchmarks } from './runner/run-page-benchmarks.ts'
import { runTabs } from './runner/tabs/run-tabs.ts'
import { PAGE_BENCHMARKS } from './src/page-benchmark.ts'

const BLOCK_STORAGE = 'block-storage'
const TABS = 'tabs'
const LIVE = 'live'
const names: readonly string[] = [...PAGE_BENCHMARKS, BLOCK_STORAGE, TABS, LIVE]

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  throw new Error(`There is no benchmark ${unknown.join(', ')}. There are: ${names.join(', ')}.`)
}
const isAsked = (name: string): boolean => asked.length === 0 || asked.includes(name)

await build({ root: import.meta.dirname, logLevel: 'warn' })
const onPage = PAGE_BENCHMARKS.filter(isAsked)
if (onPage.length > 0) await runPageBenchmarks(onPage)
if (isAsked(BLOCK_STORAGE)) await runBlockStorage()
if (isAsked(TABS)) await runTabs()
if (isAsked(LIVE)) await runLive()
