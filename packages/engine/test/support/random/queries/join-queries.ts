import type { Picker } from '../picker.ts'
import type { Relation } from '../relation.ts'
import { aggregateOf, column, condition, expression, relation, shout } from './expressions.ts'
import { ordered } from './ordered.ts'
import { unordered, type RandomQuery } from './random-query.ts'

export function joinOn(p: Picker, relations: readonly Relation[]): RandomQuery {
  const { a, b, rest } = joined(p, relations)
  return unordered(`select a.${column(p, a)} as x, b.${column(p, b)} as y ${rest}`)
}

export function sortedJoin(p: Picker, relations: readonly Relation[]): RandomQuery {
  const { a, b, rest } = joined(p, relations)
  const list = ['x', 'y', 'z', 'w'].slice(0, 2 + p.below(3)).map((name) => ({
    expression: p.oneIn(2) ? expression(p, a, 'a.') : expression(p, b, 'b.'),
    name,
  }))
  return ordered(p, { list, rest })
}

export function groupedJoin(p: Picker, relations: readonly Relation[]): RandomQuery {
  const { a, b, rest } = joined(p, relations)
  const group = `a.${column(p, a)} collate binary`
  const value = p.oneIn(3) ? expression(p, b, 'b.') : `b.${column(p, b)}`
  const list = [
    { expression: group, name: 'x' },
    { expression: aggregateOf(p, value), name: 'y' },
  ]
  if (p.oneIn(2)) return ordered(p, { list, rest: `${rest} group by ${group}` })
  return unordered(`select ${group} as x, ${aggregateOf(p, value)} as y ${rest} group by 1`)
}

export function threeJoined(p: Picker, relations: readonly Relation[]): RandomQuery {
  const a = relation(p, relations)
  const b = relation(p, relations)
  const c = relation(p, relations)
  const kinds = ['join', 'left join', 'cross join'] as const
  const first = `${p.of(kinds)} ${b.name} b on b.${column(p, b)} = a.${column(p, a)}`
  const second = `${p.of(kinds)} ${c.name} c on c.${column(p, c)} = ${p.oneIn(2) ? `a.${column(p, a)}` : `b.${column(p, b)}`}`
  const list = [
    { expression: `a.${column(p, a)}`, name: 'x' },
    { expression: `b.${column(p, b)}`, name: 'y' },
    { expression: `c.${column(p, c)}`, name: 'z' },
  ]
  return ordered(p, { list, rest: `from ${a.name} a ${first} ${second} where ${condition(p, a, 'a.')}` })
}

export function joinByName(p: Picker, relations: readonly Relation[]): RandomQuery {
  const a = relation(p, relations)
  const b = relation(p, relations)
  const shared = a.columns.filter((name) => b.columns.includes(name))
  const kind = p.of(['join', 'left join', 'right join', 'full join'])
  const list = p.of(['count(*) as n', `a.${column(p, a)} as x`, `b.${column(p, b)} as y`])
  if (shared.length === 0) return unordered(`select ${list} from ${a.name} a ${kind} ${b.name} b on true`)
  const using = shared[p.below(shared.length)] ?? 'k'
  const from = `select ${list} from ${a.name} a`
  return unordered(
    p.oneIn(3)
      ? `${from} natural ${kind} ${b.name} b`
      : `${from} ${kind} ${b.name} b using (${shout(p, using)})`,
  )
}

interface Joined {
  readonly a: Relation
  readonly b: Relation
  /** From FROM on. */
  readonly rest: string
}

function joined(p: Picker, relations: readonly Relation[]): Joined {
  const a = relation(p, relations)
  const b = relation(p, relations)
  const kind = p.of(['join', 'left join', 'left join', 'right join', 'full join', 'join', 'join'])
  const further = p.oneIn(4) ? ` and ${condition(p, b, 'b.')}` : ''
  const left = column(p, a)
  const right = b.columns.includes(left) && !p.oneIn(3) ? left : column(p, b)
  const on = `a.${left} ${p.of(['=', '=', '=', '<=', 'is'])} b.${right}${further}`
  // Without the name of the table, where only one has a column of that name.
  const own = { ...a, columns: a.columns.filter((name) => !b.columns.includes(name)) }
  const where = p.of([
    '',
    '',
    own.columns.length === 0 ? '' : ` where ${condition(p, own)}`,
    ` where ${condition(p, a, 'a.')}`,
    ` where ${condition(p, a, 'a.')} and ${condition(p, b, 'b.')}`,
  ])
  return { a, b, rest: `from ${a.name} a ${kind} ${b.name} b on ${on}${where}` }
}
