import * as Plot from '@observablehq/plot'
import { classOf, type ContenderMarks } from './contender-marks.ts'
import { formatTimes } from './format-amount.ts'
import type { Html } from './html.ts'
import { AXIS_HEIGHT, plotTimes, type Layout } from './plot-times.ts'
import { ranFew, type Standing } from './standings.ts'

interface Placed extends Standing {
  /** Of the words and of the line, which are beside each other where there is room. */
  readonly y: number
  readonly lineY: number
}

interface Placing {
  readonly rowHeight: number
  readonly isLabelAbove: boolean
}

/** Pixels of the words above those that ran few. */
const DIVIDER = 44

/** One line for each contender, as long as it is worse than the best on the whole. */
export function plotSummary(standings: readonly Standing[], marks: ContenderMarks, layout: Layout): Html {
  const isLabelAbove = layout.name === 'narrow'
  const [left, right] = isLabelAbove ? [9, 64] : [300, 220]
  const placing = { isLabelAbove, rowHeight: isLabelAbove ? 44 : 27 }
  const full = standings.filter((standing) => !ranFew(standing))
  const few = standings.filter(ranFew)
  const fullBottom = AXIS_HEIGHT + full.length * placing.rowHeight
  const fewTop = fullBottom + DIVIDER
  const bottom = few.length === 0 ? fullBottom : fewTop + few.length * placing.rowHeight
  const placed = [...place(full, AXIS_HEIGHT, placing), ...place(few, fewTop, placing)]
  return plotTimes({
    layout,
    axis: {
      worst: Math.max(4, ...standings.map(({ mean }) => mean)),
      left,
      right: layout.width - right,
    },
    height: bottom + 6,
    spans: isLabelAbove
      ? placed.map(({ lineY }) => ({ top: lineY - 10, bottom: lineY + 10 }))
      : [{ top: AXIS_HEIGHT, bottom: fullBottom }, ...(few.length === 0 ? [] : [{ top: fewTop, bottom }])],
    label: 'All in all: the geometric mean of how many times worse than the best each contender is',
    description: placed.map(inWords).join('. '),
    marks: [
      Plot.text(few.length === 0 ? [] : ['Ran less than half'], {
        frameAnchor: 'left',
        y: () => fewTop - 14,
        className: 'best',
      }),
      placed.map((standing) => line(standing, marks)),
      Plot.text(placed, {
        frameAnchor: 'right',
        y: 'y',
        text: isLabelAbove ? ran : counts,
        className: 'count',
      }),
    ],
  })
}

function place(standings: readonly Standing[], top: number, placing: Placing): readonly Placed[] {
  const { rowHeight, isLabelAbove } = placing
  return standings.map((standing, i) => {
    const y = top + i * rowHeight + (isLabelAbove ? 12 : rowHeight / 2)
    return { ...standing, y, lineY: isLabelAbove ? y + 19 : y }
  })
}

function line({ contender, mean, y, lineY }: Placed, marks: ContenderMarks): Plot.Markish {
  const mark = marks.get(contender.name)
  if (mark === undefined) return []
  const className = classOf(mark, contender)
  const end = { x: [mean], y: [lineY] }
  return [
    Plot.text([contender.name], { frameAnchor: 'left', y: [y], className: `${className} words` }),
    Plot.ruleY([mean], { x1: [1], x2: [mean], y: [lineY], className: `${className} stem` }),
    Plot.dot([mean], { ...end, r: mark.radius, symbol: mark.symbol, className }),
    Plot.text([formatTimes(mean)], { ...end, dx: 13, className: `${className} words` }),
  ]
}

function counts(standing: Standing): string {
  return standing.best === 0 ? ran(standing) : `best in ${standing.best} · ${ran(standing)}`
}

function ran(standing: Standing): string {
  return `ran ${standing.ran} of ${standing.of}`
}

function inWords(standing: Standing): string {
  return `${standing.contender.name}: ${formatTimes(standing.mean)}, ${counts(standing)}`
}
