import type { Results } from '../../../src/side-by-side/results.ts'
import type { Group } from './comparisons.ts'
import type { ContenderMarks } from './contender-marks.ts'
import { html, type Html } from './html.ts'
import { plotSummary } from './plot-summary.ts'
import { renderLayouts } from './plot-times.ts'
import { standingsOf } from './standings.ts'

export function renderStandings(
  { contenders }: Results,
  groups: readonly Group[],
  marks: ContenderMarks,
): Html {
  const comparisons = groups.flatMap((group) => group.comparisons)
  const standings = standingsOf(contenders, comparisons)
  return html`<section id="all-in-all" class="first">
    <h2>All in all</h2>
    <p class="about">
      The geometric mean of how many times slower or larger than the best, over the workloads that each ran.
      Who ran fewer has a mean over other workloads, and what keeps data in memory alone has less to do.
    </p>
    ${renderLayouts((layout) => plotSummary(standings, marks, layout))}
  </section>`
}
