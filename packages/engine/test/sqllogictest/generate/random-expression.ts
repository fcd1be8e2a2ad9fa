import type { Picker } from '../../support/random/picker.ts'

/** A number made of these columns and of constants, nested so many times. */
export function makeExpression(p: Picker, columns: readonly string[], depth: number): string {
  if (depth === 0) return makeLeaf(p, columns)
  const inner = (): string => makeExpression(p, columns, depth - 1)
  const [left, right] = [inner(), inner()]
  return p.of([
    `${left} ${p.of(['+', '-', '*', '/', '%'])} ${right}`,
    `${p.of(['-', '+', '- -', '+ -'])} ${left}`,
    `( ${left} ) * ${right}`,
    `CAST ( ${left} AS ${p.of(['INTEGER', 'REAL'])} )`,
    `COALESCE ( ${left}, ${right} )`,
    `NULLIF ( ${left}, ${right} )`,
    `ABS ( ${left} )`,
    `CASE ${p.of(['', makeLeaf(p, columns)])} WHEN ${left} THEN ${right} WHEN 1 THEN 7 ELSE ${makeLeaf(p, columns)} END`,
    `( ${left} ${p.of(['NOT BETWEEN', 'BETWEEN'])} ${right} AND 9 )`,
    `( ${left} ${p.of(['IN', 'NOT IN'])} ( ${right}, 4, 5 ) )`,
    `( ${left} ${p.of(['IS', 'IS NOT', '<', '='])} ${right} )`,
  ])
}

function makeLeaf(p: Picker, columns: readonly string[]): string {
  const constant = p.of([String(p.below(99)), String(p.below(6)), `${p.below(30)}.5`, 'NULL'])
  const column = columns[p.below(columns.length)]
  return column === undefined || p.oneIn(3) ? constant : column
}
