import { build } from 'vite'
import { runGate } from './runner/gate/run-gate.ts'

await build({ root: import.meta.dirname, logLevel: 'warn' })
const outcomes = await runGate()
console.table(
  outcomes.map(({ ours, other, workload, times, now, isKept }) => ({
    ours,
    other,
    workload,
    was: times.toFixed(2),
    now: now.toFixed(2),
    '': isKept ? '' : 'slower',
  })),
)
const slower = outcomes.filter(({ isKept }) => !isKept)
if (slower.length > 0) {
  console.error(
    `${slower.length} ratios fell by more than the margin: a change has made DataSync slower. See docs/benchmarks.md.`,
  )
  process.exitCode = 1
}
