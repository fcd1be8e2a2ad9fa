import { isMoreBetter } from '../../../src/side-by-side/workload.ts'
import type { Comparison, Entry } from './comparisons.ts'
import { isOurs } from './contender-marks.ts'
import { formatAmount } from './format-amount.ts'
import { ratioToBest } from './ratio-to-best.ts'
import { wrapText } from './wrap-text.ts'

/** A workload in the plot, in pixels from its top. */
export interface Row {
  readonly comparison: Comparison
  readonly top: number
  readonly bottom: number
  readonly name: Lines
  readonly best: Lines
  readonly dotsTop: number
  readonly dots: readonly Dot[]
  /** What has no place on the axis, in words. */
  readonly notes: Lines
}

export interface Lines {
  readonly y: number
  readonly lines: readonly string[]
}

export interface Dot {
  readonly entry: Entry
  readonly ratio: number
  readonly low: number
  readonly high: number
  readonly y: number
}

export interface Placing {
  readonly isLabelAbove: boolean
  readonly labelWidth: number
  readonly notesWidth: number
  readonly xOf: (ratio: number) => number
  /** The ratios at which the plot begins and ends. No whisker goes further. */
  readonly limits: readonly number[]
}

type Unplaced = Omit<Dot, 'y'>

export const LINE = 18
/** Pixels of a letter, in the widest of the fonts that a system may have. */
const LETTER = 7.3
const BOLD_LETTER = 8.1
const PADDING = 12
const OUR_LANE = 17
const PEER_LANE = 13

export function placeRows(comparisons: readonly Comparison[], top: number, placing: Placing): readonly Row[] {
  const rows: Row[] = []
  for (const comparison of comparisons) {
    rows.push(placeRow(comparison, rows.at(-1)?.bottom ?? top, placing))
  }
  return rows
}

function placeRow(comparison: Comparison, top: number, placing: Placing): Row {
  const name = {
    y: top + PADDING,
    lines: wrapText(comparison.workload.name, placing.labelWidth / BOLD_LETTER),
  }
  const best = { y: bottomOf(name), lines: wrapText(bestInWords(comparison), placing.labelWidth / LETTER) }
  const dotsTop = placing.isLabelAbove ? bottomOf(best) + 3 : top
  const dots = placeDots(comparison, placing.isLabelAbove ? dotsTop : top + PADDING, placing)
  const notes = {
    y: dots.bottom,
    lines: notesOf(comparison).flatMap((note) => wrapText(note, placing.notesWidth / LETTER)),
  }
  const bottom = Math.max(bottomOf(best), bottomOf(notes)) + PADDING
  return { comparison, top, bottom, name, best, dotsTop, dots: dots.placed, notes }
}

/** Ours in lanes of their own above the peers', so that an eye finds them in the same place everywhere. */
function placeDots(
  comparison: Comparison,
  top: number,
  { xOf, limits }: Placing,
): { readonly placed: readonly Dot[]; readonly bottom: number } {
  const dots = comparison.entries
    .map((entry) => withRatio(comparison, entry, limits))
    .filter((dot) => dot !== undefined)
  const lanes = [
    ...lanesOf(
      dots.filter(({ entry }) => isOurs(entry.contender)),
      xOf,
      8,
    ).map((lane) => ({ lane, height: OUR_LANE })),
    ...lanesOf(
      dots.filter(({ entry }) => !isOurs(entry.contender)),
      xOf,
      6,
    ).map((lane) => ({ lane, height: PEER_LANE })),
  ]
  const placed: Dot[] = []
  let bottom = top
  for (const { lane, height } of lanes) {
    placed.push(...lane.map((dot) => ({ ...dot, y: bottom + height / 2 })))
    bottom += height
  }
  return { placed, bottom }
}

function withRatio(
  { workload, entries }: Comparison,
  entry: Entry,
  limits: readonly number[],
): Unplaced | undefined {
  const { ratio, figure } = entry
  const best = entries[0]?.figure.median
  if (ratio === undefined || best === undefined) return undefined
  const [from = 1, to = ratio] = limits
  const ends = [figure.min, figure.max].map((value) => {
    const end = ratioToBest(workload.unit, value, best) ?? (isMoreBetter(workload.unit) ? to : from)
    return Math.min(Math.max(end, from), to)
  })
  return { entry, ratio, low: Math.min(...ends), high: Math.max(...ends) }
}

/** Each dot in the first lane in which neither it nor its whisker touches another. The dots go from left to right. */
function lanesOf(
  dots: readonly Unplaced[],
  xOf: Placing['xOf'],
  radius: number,
): readonly (readonly Unplaced[])[] {
  const lanes: { readonly dots: Unplaced[]; end: number }[] = []
  for (const dot of dots) {
    const start = Math.min(xOf(dot.ratio) - radius, xOf(dot.low))
    const end = Math.max(xOf(dot.ratio) + radius, xOf(dot.high))
    const free = lanes.find((lane) => lane.end < start)
    if (free === undefined) lanes.push({ dots: [dot], end })
    else {
      free.dots.push(dot)
      free.end = end
    }
  }
  return lanes.map((lane) => lane.dots)
}

function bestInWords({ workload: { unit }, entries }: Comparison): string {
  const best = entries.filter(({ isBest }) => isBest)
  const [first] = best
  if (first === undefined) return 'run by nobody'
  const amount = formatAmount(unit, first.figure.median)
  return `best ${amount}, ${best.length === 1 ? first.contender.name : `${best.length} contenders`}`
}

function notesOf({ workload: { unit }, entries }: Comparison): readonly string[] {
  const names = new Map<string, string>()
  for (const { contender, figure } of entries.filter(({ ratio }) => ratio === undefined)) {
    const amount = formatAmount(unit, figure.median)
    const before = names.get(amount)
    names.set(amount, before === undefined ? contender.name : `${before}, ${contender.name}`)
  }
  return [...names].map(([amount, those]) => `${amount}: ${those}`)
}

function bottomOf({ y, lines }: Lines): number {
  return y + lines.length * LINE
}
