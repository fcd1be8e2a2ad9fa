import type { Picker } from '../picker.ts'
import type { Relation } from '../relation.ts'
import { aggregateOf, column, condition, expression, freeNames, relation, shout } from './expressions.ts'
import { ordered } from './ordered.ts'
import { unordered, type RandomQuery } from './random-query.ts'

export function plain(p: Picker, relations: readonly Relation[]): RandomQuery {
  const from = relation(p, relations)
  const [name] = freeNames(from, 1)
  const list = p.oneIn(3) ? '*' : `${column(p, from)}, ${expression(p, from)} as ${name}`
  return unordered(`select ${list} from ${shout(p, from.name)} where ${condition(p, from)}`)
}

/** One table, some of it, in an order. */
export function sorted(p: Picker, relations: readonly Relation[]): RandomQuery {
  const from = relation(p, relations)
  const isWhole = from.key.length > 0 && p.oneIn(2)
  const list = freeNames(from, 1 + p.below(3)).map((name) => ({ expression: expression(p, from), name }))
  const second = p.oneIn(4) ? ` and ${condition(p, from)}` : ''
  const rest = `from ${shout(p, from.name)} where ${condition(p, from)}${second}`
  return ordered(p, { isWhole, list, rest, ...(isWhole ? { wholeOrder: keyOf(from) } : {}) })
}

export function distinct(p: Picker, relations: readonly Relation[]): RandomQuery {
  const from = relation(p, relations)
  const list = freeNames(from, 1 + p.below(2)).map((name) => ({
    expression: `${expression(p, from)} collate binary`,
    name,
  }))
  const rest = `from ${from.name} where ${condition(p, from)}`
  if (p.oneIn(2)) return ordered(p, { isDistinct: true, list, rest })
  const shown = list.map(({ expression: shownAs, name }) => `${shownAs} as ${name}`).join(', ')
  return unordered(`select distinct ${shown} ${rest}`)
}

export function counting(p: Picker, relations: readonly Relation[]): RandomQuery {
  const from = relation(p, relations)
  const schema = from.kind === 'view' ? '' : p.of(['', '', 'main.', 'MAIN.'])
  const where = p.oneIn(2) ? ` where ${condition(p, from)}` : ''
  return unordered(`select count(*) as n from ${schema}${shout(p, from.name)}${where}`)
}

/** All rows as one. */
export function total(p: Picker, relations: readonly Relation[]): RandomQuery {
  const from = relation(p, relations)
  const list = [0, 1, 2].slice(0, 1 + p.below(3)).map((i) => `${aggregateOf(p, value(p, from))} as v${i}`)
  const where = p.oneIn(3) ? '' : ` where ${condition(p, from)}`
  const having = p.oneIn(5) ? ` having count(*) > ${p.below(3)}` : ''
  return unordered(`select ${list.join(', ')} from ${from.name}${where}${having}`)
}

/** Rows by group, sometimes in an order. */
export function grouped(p: Picker, relations: readonly Relation[]): RandomQuery {
  const from = relation(p, relations)
  const names = freeNames(from, 2 + p.below(3))
  const groups = p.oneIn(3) ? 2 : 1
  const list = names.map((name, i) => ({
    expression: i < groups ? `${value(p, from)} collate binary` : aggregateOf(p, value(p, from)),
    name,
  }))
  const by = list.slice(0, groups).map(({ expression: group, name }) => p.of([group, name]))
  const having = p.oneIn(3)
    ? ` having ${p.of(['count(*) > 1', `sum(${column(p, from)}) > ${p.below(4)}`, `${aggregateOf(p, column(p, from))} is not null`])}`
    : ''
  const rest = `from ${from.name} where ${condition(p, from)} group by ${by.join(', ')}${having}`
  if (p.oneIn(2)) return ordered(p, { list, rest })
  return unordered(
    `select ${list.map(({ expression: shown, name }) => `${shown} as ${name}`).join(', ')} ${rest}`,
  )
}

function value(p: Picker, from: Relation): string {
  return p.oneIn(3) ? expression(p, from) : column(p, from)
}

/** A rowid is enough; a primary key may be that of another table of this name some day. */
function keyOf({ key, columns }: Relation): readonly string[] {
  return key[0] === 'rowid' ? key : [...key, ...columns.map((name) => `${name} collate binary`)]
}
