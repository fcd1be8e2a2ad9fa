import * as Plot from '@observablehq/plot'
import type { ContenderInfo } from '../../../src/side-by-side/contender.ts'
import { classOf, type ContenderMark } from './contender-marks.ts'
import { html, type Html } from './html.ts'
import { plotDocument } from './plot-times.ts'

const SIZE = 18

/** The mark by itself, as it stands beside the name. Drawn once, in the legend: `useMark` shows it elsewhere. */
export function drawMark(mark: ContenderMark, contender: ContenderInfo): Html {
  const plot = Plot.plot({
    document: plotDocument(),
    className: 'icon',
    width: SIZE,
    height: SIZE,
    margin: 0,
    axis: null,
    marks: [
      Plot.dot([0], {
        frameAnchor: 'middle',
        r: mark.radius,
        symbol: mark.symbol,
        className: classOf(mark, contender),
      }),
    ],
  })
  plot.setAttribute('id', iconOf(mark))
  // The name is beside it.
  plot.setAttribute('aria-hidden', 'true')
  return { markup: plot.outerHTML }
}

export function useMark(mark: ContenderMark): Html {
  return html`<svg class="icon" width="${SIZE}" height="${SIZE}" aria-hidden="true">
    <use href="#${iconOf(mark)}" />
  </svg>`
}

function iconOf({ id }: ContenderMark): string {
  return `icon-${id}`
}
