import type { ContenderInfo } from '../../../src/side-by-side/contender.ts'
import type { Results, Target } from '../../../src/side-by-side/results.ts'
import { groupsOf, type Comparison, type Group } from './comparisons.ts'
import { Footnotes } from './footnotes.ts'
import { formatNumber, formatTimes } from './format-amount.ts'
import { escapeMarkdown, markdownTable } from './markdown-table.ts'

/** More columns than this are hard to read beside each other. */
const MOST_COLUMNS = 9

/** A run as Markdown, as docs/benchmarks.md has it and as Prettier leaves it: medians, with the best in bold. */
export function renderTables(results: Results): string {
  const sections = groupsOf(results).map((group) => renderGroup(group, results.contenders))
  return [...sections, ...renderTargets(results.targets)].join('\n\n') + '\n'
}

function renderGroup({ name, comparisons }: Group, contenders: readonly ContenderInfo[]): string {
  const present = contenders.filter((contender) =>
    comparisons.some(({ entries }) => entries.some((entry) => entry.contender.name === contender.name)),
  )
  const notes = new Footnotes()
  const workloads = comparisons.map(({ workload }) => `${escapeMarkdown(workload.name)} (${workload.unit})`)
  const names = present.map((contender) => escapeMarkdown(contender.name))
  const isTransposed = present.length > MOST_COLUMNS
  const table = isTransposed
    ? markdownTable(
        ['', ...workloads],
        present.map((contender, i) => [
          names[i] ?? '',
          ...comparisons.map((comparison) => cell(comparison, contender, notes)),
        ]),
      )
    : markdownTable(
        ['', ...names],
        comparisons.map((comparison, i) => [
          workloads[i] ?? '',
          ...present.map((contender) => cell(comparison, contender, notes)),
        ]),
      )
  return [
    `### ${escapeMarkdown(name)}`,
    table,
    ...notes.lines(),
    ...absentOf(comparisons, contenders, present),
  ].join('\n\n')
}

function cell({ workload, entries, absent }: Comparison, contender: ContenderInfo, notes: Footnotes): string {
  const entry = entries.find((one) => one.contender.name === contender.name)
  if (entry !== undefined) {
    const number = formatNumber(workload.unit, entry.figure.median)
    return entry.isBest ? `**${number}**` : number
  }
  const reason = absent.find((one) => one.contender.name === contender.name)?.reason
  return reason === undefined ? '–' : `– ${notes.markOf(reason)}`
}

/** Who ran nothing of a group has no column, but a reason. */
function absentOf(
  comparisons: readonly Comparison[],
  contenders: readonly ContenderInfo[],
  present: readonly ContenderInfo[],
): readonly string[] {
  const names = new Map<string, string[]>()
  for (const contender of contenders.filter((one) => !present.includes(one))) {
    const own = comparisons.flatMap(({ absent }) =>
      absent.filter((one) => one.contender.name === contender.name),
    )
    const reasons = [...new Set(own.map(({ reason }) => reason))].join(' ')
    if (reasons !== '') names.set(reasons, [...(names.get(reasons) ?? []), contender.name])
  }
  return [...names].map(([reasons, those]) => escapeMarkdown(`Not run by ${those.join(', ')}: ${reasons}`))
}

function renderTargets(targets: readonly Target[]): readonly string[] {
  if (targets.length === 0) return []
  const rows = targets.map(({ name, aim, measured, times, reason }) => [
    escapeMarkdown(name),
    escapeMarkdown(aim),
    escapeMarkdown(measured),
    `${formatTimes(times)} ${times >= 1 ? 'reached' : '**missed**'}`,
    escapeMarkdown(reason ?? ''),
  ])
  return ['### Targets', markdownTable(['Target', 'Aim', 'Measured', 'How far', 'Why not'], rows, 'text')]
}
