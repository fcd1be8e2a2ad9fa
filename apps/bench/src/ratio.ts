/** One line of the report: a figure of ours, that of whoever we compare with, and their ratio. */
export interface Ratio {
  readonly name: string
  readonly ours: string
  readonly other: string
  readonly otherName: string
  /** How many times better than the other: more is better. */
  readonly times: number
}

/** Compares durations, of which the shorter is the better. */
export function fasterThan(name: string, oursMs: number, otherName: string, otherMs: number): Ratio {
  return {
    name,
    ours: milliseconds(oursMs),
    other: milliseconds(otherMs),
    otherName,
    times: otherMs / oursMs,
  }
}

/** Compares rates in events a second, of which the higher is the better. */
export function moreThan(name: string, ours: number, otherName: string, other: number): Ratio {
  return { name, ours: rate(ours), other: rate(other), otherName, times: ours / other }
}

/** The middle of several measurements: neither the first, cold one nor an unlucky one tells. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function milliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 3 : 1)} ms`
}

function rate(value: number): string {
  return `${Math.round(value).toLocaleString('en')}/s`
}
