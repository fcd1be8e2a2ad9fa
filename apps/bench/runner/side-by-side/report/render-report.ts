import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Results } from '../../../src/side-by-side/results.ts'
import { groupsOf } from './comparisons.ts'
import { marksOf, type ContenderMarks } from './contender-marks.ts'
import { html, type Html } from './html.ts'
import { idOfGroup, renderGroup } from './render-group.ts'
import { renderHeader } from './render-header.ts'
import { renderLegend } from './render-legend.ts'
import { renderStandings } from './render-standings.ts'
import { renderTargets } from './render-targets.ts'

const SHEETS = ['report.css', 'plots.css', 'legend.css', 'tables.css']

/** A run as one page that needs nothing else: no network, no script, no file beside it. */
export function renderReport(results: Results): string {
  const groups = groupsOf(results)
  const marks = marksOf(results.contenders)
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>DataSync side by side</title>
        <style>
          ${styleOf(marks)}
        </style>
      </head>
      <body>
        ${renderHeader(results, groups)}
        <div class="columns">
          <main>
            ${renderStandings(results, groups, marks)} ${renderTargets(results.targets)}
            <nav aria-label="Workloads">
              ${groups.map(({ name }) => html`<a href="#${idOfGroup(name)}">${name}</a> `)}
            </nav>
            ${groups.map((group) => renderGroup(group, marks))}
          </main>
          ${renderLegend(results.contenders, marks)}
        </div>
      </body>
    </html> `
  return page.markup
}

function styleOf(marks: ContenderMarks): Html {
  const sheets = SHEETS.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  const perMark = [...marks.values()].map(
    ({ id, colour }) => `.${id} { --mark: ${colour}; }
:root:has(#pick-${id}:checked) .mark.${id} { opacity: 1; }`,
  )
  return { markup: [...sheets, ...perMark].join('\n') }
}
