import { verify } from '../task.ts'

/** Fails the task unless these rows were found, in this order and with these values. */
export function expectRows<Row extends object>(
  found: readonly Row[],
  expected: readonly Row[],
  properties: readonly (keyof Row)[],
  what: string,
): void {
  verify(found.length === expected.length, `${found.length} rows of ${what}, and not ${expected.length}`)
  expected.forEach((row, index) => {
    const isEqual = properties.every((property) => found[index]?.[property] === row[property])
    verify(isEqual, `row ${index} of ${what}`)
  })
}

/** Fails the task unless these are the counts and sums of what is stored. */
export function expectTotals<Totals extends object>(found: Totals, expected: Totals, what: string): void {
  const names = Object.keys(expected) as (keyof Totals)[]
  const isEqual = names.every((name) => found[name] === expected[name])
  verify(isEqual, `${JSON.stringify(found)} of ${what}, and not ${JSON.stringify(expected)}`)
}
