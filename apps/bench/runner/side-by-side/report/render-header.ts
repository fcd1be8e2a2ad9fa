import type { Machine, Results } from '../../../src/side-by-side/results.ts'
import type { Group } from './comparisons.ts'
import { isOurs } from './contender-marks.ts'
import { html, type Html } from './html.ts'

const PLATFORMS: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }

export function renderHeader(results: Results, groups: readonly Group[]): Html {
  const { repetitions, scale, machine } = results
  const times = repetitions === 1 ? 'Everything once' : `Everything ${repetitions} times`
  return html`<header>
    <p class="kicker">Benchmarks</p>
    <h1>DataSync, side by side</h1>
    <p class="lead">
      The same work for everyone, in one run and one browser. Each is compared with the best of its row, so
      that 1× is the best, and further right is slower or larger.
    </p>
    <p class="run">
      <time datetime="${results.date}">${dateInWords(results.date)}</time>
      <span>${scale === 'full' ? 'Full scale' : 'Quick scale'}</span>
      <span>${times}, each in a new profile</span>
      <span>${machineInWords(machine)}</span>
    </p>
    <dl class="tiles">
      ${tilesOf(results, groups).map(
        ([name, amount, of]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${amount} <small>of ${of}</small></dd>
          </div>`,
      )}
    </dl>
  </header>`
}

function tilesOf(
  { contenders, targets }: Results,
  groups: readonly Group[],
): readonly (readonly [name: string, amount: number, of: number])[] {
  const comparisons = groups.flatMap((group) => group.comparisons)
  const ours = comparisons.map(({ entries }) => entries.filter(({ contender }) => isOurs(contender)))
  return [
    [
      'Workloads that one of the DataSync contenders leads',
      ours.filter((entries) => entries.some(({ isBest }) => isBest)).length,
      comparisons.length,
    ],
    [
      'Workloads in which one of them is within 2× of the best',
      ours.filter((entries) => entries.some(({ ratio, isBest }) => isBest || (ratio ?? Infinity) <= 2))
        .length,
      comparisons.length,
    ],
    ['Targets reached', targets.filter(({ times }) => times >= 1).length, targets.length],
    [
      'Peers among the contenders',
      contenders.filter((contender) => !isOurs(contender)).length,
      contenders.length,
    ],
  ]
}

function dateInWords(date: string): string {
  return new Date(date).toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
}

function machineInWords({ platform, cpus, gigabytes, browser }: Machine): string {
  const system = PLATFORMS[platform] ?? platform
  const cores = cpus === 1 ? 'one core' : `${cpus} cores`
  return `${browser} on ${system}, ${cores}, ${gigabytes.toLocaleString('en', { maximumFractionDigits: 1 })} GB of memory`
}
