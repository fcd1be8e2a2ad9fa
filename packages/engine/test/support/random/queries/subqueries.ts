import type { Picker } from '../picker.ts'
import type { Relation } from '../relation.ts'
import { column, condition, relation } from './expressions.ts'
import { ordered } from './ordered.ts'
import { unordered, type RandomQuery } from './random-query.ts'

export function inSubquery(p: Picker, relations: readonly Relation[]): RandomQuery {
  const a = relation(p, relations)
  const b = relation(p, relations)
  const not = p.oneIn(3) ? 'not ' : ''
  return unordered(
    `select ${column(p, a)} as x from ${a.name} where ${column(p, a)} ${not}in (select ${column(p, b)} from ${b.name} where ${condition(p, b)})`,
  )
}

export function exists(p: Picker, relations: readonly Relation[]): RandomQuery {
  const a = relation(p, relations)
  const b = relation(p, relations)
  const not = p.oneIn(3) ? 'not ' : ''
  const inner = `select 1 from ${b.name} b where b.${column(p, b)} = a.${column(p, a)}`
  return unordered(`select a.${column(p, a)} as x from ${a.name} a where ${not}exists (${inner})`)
}

export function scalarSubquery(p: Picker, relations: readonly Relation[]): RandomQuery {
  const a = relation(p, relations)
  const b = relation(p, relations)
  const inner = p.of([
    `count(*) from ${b.name} b`,
    `count(*) from ${b.name} b where b.${column(p, b)} = a.${column(p, a)}`,
    `count(*) from ${b.name} b where ${condition(p, b, 'b.')}`,
    `max(b.${column(p, b)} collate binary) from ${b.name} b`,
    `sum(b.k) from ${b.name} b where b.${column(p, b)} >= a.${column(p, a)}`,
  ])
  const x = `a.${column(p, a)}`
  if (p.oneIn(2)) return unordered(`select ${x} as x, (select ${inner}) as y from ${a.name} a`)
  const list = [
    { expression: x, name: 'x' },
    { expression: `(select ${inner})`, name: 'y' },
  ]
  return ordered(p, { list, rest: `from ${a.name} a where ${condition(p, a, 'a.')}` })
}

export function derived(p: Picker, relations: readonly Relation[]): RandomQuery {
  const a = relation(p, relations)
  const b = relation(p, relations)
  return unordered(
    `select d.x collate binary as x, count(*) as n from (select ${column(p, a)} as x, k from ${a.name}) d join ${b.name} b using (k) group by d.x collate binary`,
  )
}

export function commonTable(p: Picker, relations: readonly Relation[]): RandomQuery {
  const a = relation(p, relations)
  const b = relation(p, relations)
  // Sometimes under the name of a table that it hides.
  const name = p.oneIn(3) ? b.name : 'common'
  const materialized = p.of(['', 'materialized', 'not materialized'])
  const list = p.of(['count(*) as n', 'x', 'x, x as y'])
  return unordered(
    `with ${name} (x) as ${materialized} (select ${column(p, a)} from main.${a.name}) select ${list} from ${name}`,
  )
}

export function recursive(p: Picker, relations: readonly Relation[]): RandomQuery {
  const a = relation(p, relations)
  return unordered(
    `with recursive n(i) as (select 0 union all select i + 1 from n where i < 3) select i, ${column(p, a)} as x from n left join ${a.name} on k = i`,
  )
}
