import type { Picker } from '../picker.ts'
import type { Relation } from '../relation.ts'
import { column, condition, relation } from './expressions.ts'
import { unordered, type RandomQuery } from './random-query.ts'

export function compound(p: Picker, relations: readonly Relation[]): RandomQuery {
  const a = relation(p, relations)
  const b = relation(p, relations)
  const part = (from: Relation): string =>
    `select ${column(p, from)} collate binary as x from ${from.name} where ${condition(p, from)}`
  const sql = `${part(a)} ${p.of(['union all', 'union', 'except', 'intersect'])} ${part(b)}`
  if (p.oneIn(2)) return unordered(sql)
  const end = p.of(['', ` limit ${p.below(4)}`, ` limit 3 offset ${p.below(3)}`])
  return { order: 'whole', sql: `${sql} order by 1${p.of(['', ' desc'])}${end}` }
}

export function windowed(p: Picker, relations: readonly Relation[]): RandomQuery {
  const a = relation(p, relations)
  const partition = p.oneIn(2) ? `partition by ${column(p, a)} collate binary` : ''
  const order = `order by ${column(p, a)}${p.of(['', ' desc'])}`
  // Rows that an order does not tell apart have one value, too.
  const value = p.of([
    `count(*) over (${partition})`,
    `count(${column(p, a)}) over (${partition})`,
    `max(${column(p, a)} collate binary) over (${partition})`,
    `rank() over (${partition} ${order})`,
    `dense_rank() over (${partition} ${order})`,
    `count(*) over (${partition} ${order})`,
    `sum(k) over (${partition})`,
  ])
  return unordered(`select ${column(p, a)} as x, ${value} as y from ${a.name}`)
}

export function textSearch(p: Picker, relations: readonly Relation[]): RandomQuery {
  const word = p.of(['apple', 'pear', 'pie', 'a*'])
  const a = relation(p, relations)
  return p.of([
    unordered(`select rowid, body from f where f match '${word}'`),
    unordered(`select count(*) as n from f('${word}')`),
    unordered(
      `select body, ${column(p, a)} as x from f join ${a.name} on k = f.rowid where f match '${word}'`,
    ),
    unordered('select count(*) as n from f_docsize'),
    { order: 'whole', sql: `select rowid, body from f where f match '${word}' order by rowid desc limit 2` },
  ])
}

export function spatialSearch(p: Picker, relations: readonly Relation[]): RandomQuery {
  const a = relation(p, relations)
  const within = `x0 <= ${p.below(6)} and x1 >= ${p.below(6)}`
  return p.of([
    unordered(`select * from area where ${within}`),
    unordered(`select count(*) as n, max(y1) as most from area where ${within}`),
    unordered(`select k, label from area where k between ${p.below(3)} and ${1 + p.below(5)}`),
    unordered(`select b.${column(p, a)} as x, area.label from ${a.name} b join area on area.k = b.k`),
    unordered(
      `select b.k as x, area.k as y from ${a.name} b left join area on b.k between area.x0 and area.x1`,
    ),
    unordered('select count(*) as n from area_node'),
    { order: 'whole', sql: `select k, x0, y1 from area where ${within} order by x0 desc, k limit 3` },
  ])
}

export function expanded(p: Picker, relations: readonly Relation[]): RandomQuery {
  const a = relation(p, relations)
  return unordered(`select j.value, j.type from ${a.name} a, json_each(json_array(a.${column(p, a)}, 1)) j`)
}

export function ofTheSchema(p: Picker, relations: readonly Relation[]): RandomQuery {
  const a = relation(p, relations)
  return unordered(
    p.of([
      'select type, name, tbl_name from sqlite_schema',
      'select count(*) as n from sqlite_master',
      `select name, type from pragma_table_xinfo('${a.name}')`,
      'select name, seq from sqlite_sequence',
      'select schema, name, type from pragma_table_list',
    ]),
  )
}
