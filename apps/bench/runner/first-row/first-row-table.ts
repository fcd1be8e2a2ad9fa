import { FIRST_ROW_APPS } from '../../src/first-row/first-row-apps.ts'
import { median } from '../../src/ratio.ts'
import { markdownTable } from '../side-by-side/report/markdown-table.ts'
import type { Visits } from './measure-visits.ts'
import type { FirstRowFigure } from './run-first-row.ts'

const HEAD = [
  'the same app with',
  'JavaScript',
  'wasm',
  'other files',
  'in all',
  'first row',
  'least to most',
  'on coming back',
]

/** As docs/benchmarks.md has it. */
export function firstRowTable(figures: readonly FirstRowFigure[]): string {
  return markdownTable(HEAD, figures.map(toRow))
}

function toRow({ app, visits }: FirstRowFigure): readonly string[] {
  const of = (pick: (visit: Visits) => number): number => median(visits.map(pick))
  const times = visits.map(({ firstMs }) => firstMs)
  return [
    FIRST_ROW_APPS[app],
    kilobytes(of(({ bytes }) => bytes.js)),
    kilobytes(of(({ bytes }) => bytes.wasm)),
    kilobytes(of(({ bytes }) => bytes.data)),
    kilobytes(of(({ bytes: { html, js, wasm, data } }) => html + js + wasm + data)),
    seconds(of(({ firstMs }) => firstMs)),
    `${seconds(Math.min(...times))} to ${seconds(Math.max(...times))}`,
    seconds(of(({ againMs }) => againMs)),
  ]
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000).toLocaleString('en')} kB`
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}
