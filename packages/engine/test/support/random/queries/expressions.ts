import type { Picker } from '../picker.ts'
import type { Relation } from '../relation.ts'

const LITERALS = ['1', '2', '3', '4', "'a'", 'null', "'A'", "'b '", "'apple pie'", '0.5', "x'01'"] as const

export function relation(p: Picker, relations: readonly Relation[]): Relation {
  return (
    relations[p.below(relations.length)] ?? {
      kind: 'table',
      name: 't0',
      columns: ['k'],
      writable: ['k'],
      key: ['rowid'],
    }
  )
}

export function column(p: Picker, { columns }: Relation): string {
  return columns[p.below(columns.length)] ?? 'k'
}

export function literal(p: Picker): string {
  return p.of(LITERALS)
}

/** A name as one may write it too. */
export function shout(p: Picker, name: string): string {
  return p.oneIn(3) ? name.toUpperCase() : name
}

export function condition(p: Picker, of: Relation, prefix = ''): string {
  // Often the key, which is of numbers as a rule.
  const isKey = p.oneIn(2) && of.columns.includes('k')
  const name = `${prefix}${isKey ? 'k' : column(p, of)}`
  const value = (): string => (isKey && !p.oneIn(4) ? String(p.below(7)) : literal(p))
  if (p.oneIn(3)) return p.of(['true', `${name} is not null`, `${name} > 0`, `${name} is not 2`])
  return p.of([
    `${name} > ${p.below(4)}`,
    `${name} >= ${p.below(3)}`,
    `${name} < ${4 + p.below(4)}`,
    `${name} = ${value()}`,
    `${name} like 'a%'`,
    `${name} in (${value()}, ${value()}, ${value()})`,
    `${value()} = ${name}`,
    `${name} between ${p.below(3)} and ${1 + p.below(6)}`,
    `${p.below(7)} >= ${name}`,
    `${name} < ${value()}`,
    `${name} = ${p.below(6)} and ${prefix}${column(p, of)} <= ${p.below(6)}`,
    `(${name} >= ${p.below(4)}) and ${prefix}${column(p, of)} in (${value()}, ${p.below(5)})`,
    `typeof(${name}) ${p.of(['=', '<>'])} 'text'`,
    `(${name} = ${p.below(5)} or ${prefix}${column(p, of)} = ${value()})`,
    `not (${name} < ${p.below(5)})`,
    `${name} ${p.of(['=', '<>'])} ${value()} collate nocase`,
    `${name} <= ${prefix}${column(p, of)}`,
    `(${name}, ${prefix}${column(p, of)}) >= (${p.below(3)}, ${value()})`,
    `${expression(p, of, prefix)} > ${p.below(3)}`,
    'true',
  ])
}

/** Names that no column of the relation has: of two columns of one name, a row as an object shows one. */
export function freeNames({ columns }: Relation, count: number): readonly string[] {
  const prefix = ['a', 'b', 'd', 'e', 'h'].find((letter) => !columns.includes(`${letter}0`)) ?? 'z'
  return Array.from({ length: count }, (_, i) => `${prefix}${i}`)
}

/** A value that follows from one row. Often that of a column. */
export function expression(p: Picker, of: Relation, prefix = ''): string {
  const a = `${prefix}${column(p, of)}`
  const b = `${prefix}${column(p, of)}`
  return p.of([
    a,
    a,
    a,
    a,
    `coalesce(${a}, ${b}, 'none')`,
    `${a} || '!'`,
    `${a} + ${p.below(3)}`,
    `${a} * 0.1`,
    `abs(${a})`,
    `length(${a})`,
    `upper(${a})`,
    `trim(${a})`,
    `substr(${a}, 1, 1)`,
    `hex(${a})`,
    `typeof(${a})`,
    `quote(${a})`,
    `round(${a}, 1)`,
    `nullif(${a}, ${b})`,
    `iif(${a} > ${p.below(4)}, ${b}, null)`,
    `max(${a}, ${b})`,
    `cast(${a} as ${p.of(['integer', 'text', 'real', 'blob'])})`,
    `case ${a} when ${literal(p)} then 'one' when ${p.below(4)} then ${b} end`,
    `case when ${a} > ${p.below(4)} then ${b} else ${literal(p)} end`,
    `${a} is null`,
    `${a} = ${b}`,
    `${a} > ${p.below(4)}`,
    `not ${a}`,
  ])
}

/** One value for some rows, whatever their order: of values that are equal, one may stand for the others. */
export function aggregateOf(p: Picker, value: string): string {
  return p.of([
    'count(*)',
    `count(${value})`,
    `count(distinct ${value})`,
    `sum(${value})`,
    `sum(${value})`,
    `total(${value})`,
    `avg(${value})`,
    `min(${value} collate binary)`,
    `max(${value} collate binary)`,
    `sum(typeof(${value}) = 'text')`,
    `count(*) filter (where ${value} > ${p.below(4)})`,
    `sum(distinct ${value} collate binary)`,
    `group_concat(quote(${value}), ',' order by quote(${value}))`,
    `max(${value} collate binary) - min(${value} collate binary)`,
  ])
}
