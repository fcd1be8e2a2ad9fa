import type { ContenderInfo } from '../../../src/side-by-side/contender.ts'
import type { Unit } from '../../../src/side-by-side/workload.ts'
import type { Absent, Comparison, Entry, Group } from './comparisons.ts'
import { isOurs, type ContenderMarks } from './contender-marks.ts'
import { useMark } from './draw-mark.ts'
import { formatAmount, formatRange, formatTimes } from './format-amount.ts'
import { html, type Html } from './html.ts'
import { plotGroup } from './plot-group.ts'
import { renderLayouts } from './plot-times.ts'

export function renderGroup(group: Group, marks: ContenderMarks): Html {
  return html`<section id="${idOfGroup(group.name)}">
    <h2>${group.name}</h2>
    ${renderLayouts((layout) => plotGroup(group, marks, layout))}
    <details>
      <summary>All figures</summary>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Contender</th>
              <th scope="col" class="number">Median</th>
              <th scope="col" class="number">Least – most</th>
              <th scope="col" class="number">Times the best</th>
              <th scope="col">Durability</th>
              <th scope="col">Version</th>
            </tr>
          </thead>
          ${group.comparisons.map((comparison) => renderComparison(comparison, marks))}
        </table>
      </div>
    </details>
  </section>`
}

export function idOfGroup(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}

function renderComparison({ workload, entries, absent }: Comparison, marks: ContenderMarks): Html {
  return html`<tbody>
    <tr>
      <th colspan="6" scope="rowgroup">${workload.name}</th>
    </tr>
    ${entries.map((entry) => renderEntry(workload.unit, entry, marks))}
    ${absent.map((one) => renderAbsent(one, marks))}
  </tbody>`
}

function renderEntry(unit: Unit, { contender, figure, ratio, isBest }: Entry, marks: ContenderMarks): Html {
  const { median, min, max } = figure
  return html`<tr class="${isBest ? 'best' : ''}">
    ${renderName(contender, marks)}
    <td class="number">${formatAmount(unit, median)}</td>
    <td class="number soft">${formatRange(unit, min, max)}</td>
    <td class="number">${isBest ? 'best' : ratio === undefined ? '–' : formatTimes(ratio)}</td>
    ${renderMake(contender)}
  </tr>`
}

function renderAbsent({ contender, reason }: Absent, marks: ContenderMarks): Html {
  return html`<tr>
    ${renderName(contender, marks)}
    <td colspan="3" class="absent">Not run: ${reason}</td>
    ${renderMake(contender)}
  </tr>`
}

function renderName(contender: ContenderInfo, marks: ContenderMarks): Html {
  const mark = marks.get(contender.name)
  return html`<th scope="row" class="${isOurs(contender) ? 'own' : ''}">
    ${mark === undefined ? undefined : useMark(mark)}${contender.name}
  </th>`
}

function renderMake({ durability, made }: ContenderInfo): Html {
  return html`<td class="soft">${durability}</td>
    <td class="soft">${made}</td>`
}
