import * as Plot from '@observablehq/plot'
import type { Workload } from '../../../src/side-by-side/workload.ts'
import type { Group } from './comparisons.ts'
import { classOf, type ContenderMark, type ContenderMarks } from './contender-marks.ts'
import { formatAmount, formatRange, formatTimes } from './format-amount.ts'
import type { Html } from './html.ts'
import { LINE, placeRows, type Dot, type Lines, type Row } from './place-rows.ts'
import { AXIS_HEIGHT, plotTimes, timesScale, type Layout } from './plot-times.ts'

const LABEL_WIDTH = 300
/** Pixels for the widest mark, and for the whiskers of what is no worse than the best. */
const EDGE = 12
const BELOW_BEST = 36

/** The workloads of a group as rows, on one axis of how many times worse than the best. */
export function plotGroup(group: Group, marks: ContenderMarks, layout: Layout): Html {
  const isLabelAbove = layout.name === 'narrow'
  const left = isLabelAbove ? 0 : LABEL_WIDTH
  const ratios = group.comparisons.flatMap(({ entries }) => entries.map(({ ratio = 1 }) => ratio))
  const axis = {
    worst: Math.max(4, ...ratios),
    left: left + BELOW_BEST,
    right: layout.width - EDGE,
  }
  const scale = Plot.scale({ x: timesScale(axis) })
  const rows = placeRows(group.comparisons, AXIS_HEIGHT, {
    isLabelAbove,
    labelWidth: isLabelAbove ? layout.width : LABEL_WIDTH - 12,
    notesWidth: layout.width - left,
    xOf: (ratio) => Number(scale.apply(ratio)),
    limits: [left, layout.width].map((x) => Number(scale.invert?.(x))),
  })
  return plotTimes({
    layout,
    axis,
    height: rows.at(-1)?.bottom ?? AXIS_HEIGHT,
    spans: rows
      .filter(({ dots }) => dots.length > 0)
      .map(({ dotsTop, bottom }) => ({ top: dotsTop, bottom })),
    label: `${group.name}: how many times worse than the best each contender is`,
    description: rows
      .map(({ comparison, best }) => `${comparison.workload.name}: ${best.lines.join(' ')}`)
      .join('. '),
    marks: [
      Plot.ruleY(rows, { y: 'top', className: 'row' }),
      Plot.text(isLabelAbove ? [] : ['times slower or larger than the best'], {
        frameAnchor: 'left',
        y: () => AXIS_HEIGHT / 2,
        className: 'unit',
      }),
      rows.flatMap(({ name, best, notes }) => [
        text(name, 0, 'name'),
        text(best, 0, 'best'),
        text(notes, left, 'note'),
      ]),
      [...marks].map(([name, mark]) => dotsOf(rows, name, mark)),
    ],
  })
}

function text({ y, lines }: Lines, left: number, className: string): Plot.Markish {
  return Plot.text(lines, {
    frameAnchor: 'left',
    dx: left,
    y: (_: string, i: number) => y + (i + 0.5) * LINE,
    text: (line: string) => line,
    className,
  })
}

function dotsOf(rows: readonly Row[], name: string, mark: ContenderMark): Plot.Markish {
  const own = rows.flatMap(({ dots, comparison }) =>
    dots
      .filter(({ entry }) => entry.contender.name === name)
      .map((dot) => ({ ...dot, title: inWords(dot, comparison.workload) })),
  )
  const [first] = own
  if (first === undefined) return []
  const className = classOf(mark, first.entry.contender)
  return [
    Plot.ruleY(own, { x1: 'low', x2: 'high', y: 'y', className: `${className} whisker` }),
    Plot.dot(own, { x: 'ratio', y: 'y', r: mark.radius, symbol: mark.symbol, title: 'title', className }),
  ]
}

function inWords({ entry: { contender, figure }, ratio }: Dot, { name, unit }: Workload): string {
  const range = formatRange(unit, figure.min, figure.max)
  return `${contender.name}: ${formatAmount(unit, figure.median)} (${range}), ${formatTimes(ratio)} the best\n${name}`
}
