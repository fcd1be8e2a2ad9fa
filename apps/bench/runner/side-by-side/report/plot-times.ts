import * as Plot from '@observablehq/plot'
import { parseHTML } from 'linkedom'
import { html, type Html } from './html.ts'

/** Every plot is drawn twice: the style sheet shows the one that there is room for, with text of the same size. */
export interface Layout {
  readonly name: 'wide' | 'narrow'
  readonly width: number
}

/** Where how many times worse than the best is, in pixels. */
export interface Axis {
  readonly worst: number
  readonly left: number
  readonly right: number
}

/** How far down lines go from the numbers of the axis. */
export interface Span {
  readonly top: number
  readonly bottom: number
}

interface TimesPlot {
  readonly layout: Layout
  readonly axis: Axis
  readonly height: number
  readonly spans: readonly Span[]
  readonly label: string
  readonly description: string
  readonly marks: Plot.Markish
}

export const AXIS_HEIGHT = 28

const LAYOUTS: readonly Layout[] = [
  { name: 'wide', width: 880 },
  { name: 'narrow', width: 358 },
]

export function renderLayouts(render: (layout: Layout) => Html): readonly Html[] {
  return LAYOUTS.map((layout) => html`<figure class="${layout.name}">${render(layout)}</figure>`)
}

/** A plot of how many times worse than the best, on a log axis, with what is drawn at pixels from the top. */
export function plotTimes({ layout, axis, height, spans, label, description, marks }: TimesPlot): Html {
  const ticks = spans.length === 0 ? [] : ticksOf(axis)
  const plot = Plot.plot({
    document: plotDocument(),
    className: 'plot',
    width: layout.width,
    height,
    margin: 0,
    x: timesScale(axis),
    y: { type: 'identity', axis: null },
    ariaLabel: label,
    ariaDescription: description,
    marks: [
      spans.map(({ top, bottom }) => Plot.ruleX(ticks, { y1: top, y2: bottom, className: 'grid' })),
      spans.map(({ top, bottom }) => Plot.ruleX([1], { y1: top, y2: bottom, className: 'grid one' })),
      Plot.text(ticks, {
        x: (tick: number) => tick,
        y: () => AXIS_HEIGHT / 2,
        text: (tick: number) => `${tick.toLocaleString('en')}×`,
        className: 'tick',
      }),
      marks,
    ],
  })
  plot.setAttribute('role', 'img')
  return { markup: plot.outerHTML }
}

export function timesScale({ worst, left, right }: Axis): Plot.ScaleOptions {
  return { type: 'log', domain: [1, worst], range: [left, right], axis: null }
}

/** Plot makes elements, and takes the document to make them with. */
export function plotDocument(): Document {
  return parseHTML('<!doctype html><html><body></body></html>').document
}

/** 1, 10, 100 ..., and what lies between as long as there is room for it. */
function ticksOf({ worst, left, right }: Axis): readonly number[] {
  const decade = (right - left) / Math.log10(worst)
  const steps = decade > 150 ? [1, 2, 5] : decade > 90 ? [1, 3] : [1]
  const powers = Array.from({ length: Math.ceil(Math.log10(worst)) }, (_, power) => 10 ** power)
  return [...powers, 10 ** powers.length]
    .flatMap((power) => steps.map((step) => step * power))
    .filter((tick) => tick <= worst)
}
