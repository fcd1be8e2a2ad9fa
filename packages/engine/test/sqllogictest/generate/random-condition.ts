import type { Picker } from '../../support/random/picker.ts'
import { times } from './draw.ts'

/** A condition on `col0` to `col4`, and on the table `source`, of which the parts can be exchanged, nested so many times. */
export function makeCondition(p: Picker, depth: number): string {
  if (depth === 0 || p.oneIn(4)) return makeComparison(p)
  const [left, right] = [makeCondition(p, depth - 1), makeCondition(p, depth - 1)]
  return p.of([`(${left} AND ${right})`, `(${left} OR ${right})`, `NOT (${left})`])
}

function makeComparison(p: Picker): string {
  const isReal = p.oneIn(3)
  const column = isReal ? p.of(['col1', 'col4']) : p.of(['col0', 'col3'])
  const literal = (): string => (isReal ? `${p.below(100)}.${10 + p.below(90)}` : String(p.below(100)))
  const [operator, mirrored] = p.of<readonly [string, string]>([
    ['<', '>'],
    ['<=', '>='],
    ['=', '='],
    ['>', '<'],
    ['>=', '<='],
  ])
  const list = times(2 + p.below(5), literal)
  return p.of([
    `${column} ${operator} ${literal()}`,
    `${literal()} ${mirrored} ${column}`,
    `${column} ${p.of(['', 'NOT '])}BETWEEN ${literal()} AND ${literal()}`,
    `${column} ${p.of(['', 'NOT '])}IN (${list.join(',')})`,
    `(${list.map((value) => `${column} = ${value}`).join(' OR ')})`,
    `${column} IS ${p.of(['', 'NOT '])}NULL`,
    `${column} IN (SELECT ${isReal ? 'col4' : 'col3'} FROM source WHERE col0 < ${p.below(100)})`,
    `col2 ${p.of(["LIKE 'a%'", "> 'k'", "BETWEEN 'b' AND 'n'", "GLOB '*x*'", "LIKE '%Z'"])}`,
  ])
}
