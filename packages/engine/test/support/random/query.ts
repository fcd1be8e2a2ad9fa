import { Picker, type Picks } from './picker.ts'
import type { Relation } from './relation.ts'

/** A random statement that reads. Its rows are determined by what it reads, their order is not. */
export function renderQuery(numbers: Picks, relations: readonly Relation[]): string {
  const p = new Picker(numbers)
  const kind = p.of(QUERIES)
  return kind(p, relations)
}

type Render = (p: Picker, relations: readonly Relation[]) => string

/** The more useful ones more often. */
const QUERIES: readonly [Render, ...Render[]] = [
  plain,
  plain,
  plain,
  counting,
  aggregate,
  joinOn,
  joinByName,
  inSubquery,
  exists,
  scalarSubquery,
  compound,
  commonTable,
  recursive,
  windowed,
  limited,
  derived,
  textSearch,
  expanded,
  ofTheSchema,
]

function relation(p: Picker, relations: readonly Relation[]): Relation {
  return (
    relations[p.below(relations.length)] ?? { kind: 'table', name: 't0', columns: ['k'], writable: ['k'] }
  )
}

function column(p: Picker, { columns }: Relation): string {
  return columns[p.below(columns.length)] ?? 'k'
}

const VALUES = ['1', '2', '3', '4', "'a'", 'null', "'A'", "'b '", "'apple pie'", '0.5', "x'01'"] as const

export function literal(p: Picker): string {
  return p.of(VALUES)
}

export function condition(p: Picker, of: Relation, prefix = ''): string {
  // Often the key, which is of numbers as a rule.
  const name = `${prefix}${p.oneIn(2) && of.columns.includes('k') ? 'k' : column(p, of)}`
  return p.of([
    'true',
    `${name} > ${p.below(4)}`,
    `${name} is not null`,
    `${name} = ${literal(p)}`,
    `${name} like 'a%'`,
    `${name} is not 2`,
    `${name} in (${literal(p)}, ${literal(p)})`,
    `${literal(p)} = ${name}`,
    `${name} between ${p.below(3)} and ${1 + p.below(4)}`,
    `${p.below(5)} >= ${name}`,
    `${name} < ${literal(p)}`,
    `${name} = ${p.below(6)} and ${prefix}${column(p, of)} <= ${p.below(6)}`,
    `(${name} >= ${p.below(4)}) and ${prefix}${column(p, of)} in (${literal(p)}, ${p.below(5)})`,
    `typeof(${name}) = 'text'`,
    'true',
  ])
}

/** A name as one may write it too. */
function shout(p: Picker, name: string): string {
  return p.oneIn(3) ? name.toUpperCase() : name
}

function plain(p: Picker, relations: readonly Relation[]): string {
  const from = relation(p, relations)
  // Of two columns of one name, a row as an object shows one.
  const alias = ['again', 'anew', 'repeated'].find((name) => !from.columns.includes(name)) ?? 'another'
  const list = p.oneIn(3) ? '*' : `${column(p, from)}, ${column(p, from)} as ${alias}`
  return `select ${list} from ${shout(p, from.name)} where ${condition(p, from)}`
}

function counting(p: Picker, relations: readonly Relation[]): string {
  const from = relation(p, relations)
  const schema = from.kind === 'view' ? '' : p.of(['', '', 'main.', 'MAIN.'])
  return `select count(*) as n from ${schema}${shout(p, from.name)}${p.oneIn(2) ? ` where ${condition(p, from)}` : ''}`
}

function aggregate(p: Picker, relations: readonly Relation[]): string {
  const from = relation(p, relations)
  const by = `${column(p, from)} collate binary`
  const of = column(p, from)
  const value = p.of([
    `count(${of})`,
    `count(distinct ${of})`,
    `max(${of} collate binary)`,
    `sum(typeof(${of}) = 'text')`,
    `group_concat(quote(${of}), ',' order by quote(${of}))`,
  ])
  const having = p.oneIn(3) ? ' having count(*) > 1' : ''
  return `select ${by} as by, ${value} as value from ${from.name} where ${condition(p, from)} group by 1${having}`
}

function joinOn(p: Picker, relations: readonly Relation[]): string {
  const a = relation(p, relations)
  const b = relation(p, relations)
  const kind = p.of(['join', 'left join', 'right join', 'full join', 'join'])
  const on = `a.${column(p, a)} = b.${column(p, b)}`
  const where = p.oneIn(2) ? '' : ` where ${condition(p, a, 'a.')} and ${condition(p, b, 'b.')}`
  return `select a.${column(p, a)} as x, b.${column(p, b)} as y from ${a.name} a ${kind} ${b.name} b on ${on}${where}`
}

function joinByName(p: Picker, relations: readonly Relation[]): string {
  const a = relation(p, relations)
  const b = relation(p, relations)
  const shared = a.columns.filter((name) => b.columns.includes(name))
  const kind = p.of(['join', 'left join', 'right join', 'full join'])
  const list = p.of(['count(*) as n', `a.${column(p, a)} as x`, `b.${column(p, b)} as y`])
  if (shared.length === 0) return `select ${list} from ${a.name} a ${kind} ${b.name} b on true`
  const using = shared[p.below(shared.length)] ?? 'k'
  return p.oneIn(3)
    ? `select ${list} from ${a.name} a natural ${kind} ${b.name} b`
    : `select ${list} from ${a.name} a ${kind} ${b.name} b using (${shout(p, using)})`
}

function inSubquery(p: Picker, relations: readonly Relation[]): string {
  const a = relation(p, relations)
  const b = relation(p, relations)
  const not = p.oneIn(3) ? 'not ' : ''
  return `select ${column(p, a)} as x from ${a.name} where ${column(p, a)} ${not}in (select ${column(p, b)} from ${b.name} where ${condition(p, b)})`
}

function exists(p: Picker, relations: readonly Relation[]): string {
  const a = relation(p, relations)
  const b = relation(p, relations)
  return `select a.${column(p, a)} as x from ${a.name} a where exists (select 1 from ${b.name} b where b.${column(p, b)} = a.${column(p, a)})`
}

function scalarSubquery(p: Picker, relations: readonly Relation[]): string {
  const a = relation(p, relations)
  const b = relation(p, relations)
  const inner = p.of([
    `count(*) from ${b.name} b`,
    `count(*) from ${b.name} b where b.${column(p, b)} = a.${column(p, a)}`,
    `count(*) from ${b.name} b where ${condition(p, b, 'b.')}`,
    `max(b.${column(p, b)} collate binary) from ${b.name} b`,
  ])
  return `select a.${column(p, a)} as x, (select ${inner}) as y from ${a.name} a`
}

function compound(p: Picker, relations: readonly Relation[]): string {
  const a = relation(p, relations)
  const b = relation(p, relations)
  const part = (from: Relation): string =>
    `select ${column(p, from)} collate binary as x from ${from.name} where ${condition(p, from)}`
  return `${part(a)} ${p.of(['union all', 'union', 'except', 'intersect'])} ${part(b)}`
}

function commonTable(p: Picker, relations: readonly Relation[]): string {
  const a = relation(p, relations)
  const b = relation(p, relations)
  // Sometimes under the name of a table that it hides.
  const name = p.oneIn(3) ? b.name : 'common'
  const materialized = p.of(['', 'materialized', 'not materialized'])
  const list = p.of(['count(*) as n', 'x', 'x, x as y'])
  return `with ${name} (x) as ${materialized} (select ${column(p, a)} from main.${a.name}) select ${list} from ${name}`
}

function recursive(p: Picker, relations: readonly Relation[]): string {
  const a = relation(p, relations)
  return `with recursive n(i) as (select 0 union all select i + 1 from n where i < 3) select i, ${column(p, a)} as x from n left join ${a.name} on k = i`
}

function windowed(p: Picker, relations: readonly Relation[]): string {
  const a = relation(p, relations)
  const by = p.oneIn(2) ? `partition by ${column(p, a)} collate binary` : ''
  const value = p.of(['count(*)', `count(${column(p, a)})`, `max(${column(p, a)} collate binary)`])
  return `select ${column(p, a)} as x, ${value} over (${by}) as y from ${a.name}`
}

function limited(p: Picker, relations: readonly Relation[]): string {
  const a = relation(p, relations)
  const b = column(p, a)
  const order = `1 collate binary${p.of(['', ' desc'])}, 2 collate binary`
  return `select ${column(p, a)} as x, ${b} as y from ${a.name} order by ${order} limit ${1 + p.below(3)} offset ${p.below(2)}`
}

function derived(p: Picker, relations: readonly Relation[]): string {
  const a = relation(p, relations)
  const b = relation(p, relations)
  return `select d.x, count(*) as n from (select ${column(p, a)} as x, k from ${a.name}) d join ${b.name} b using (k) group by d.x collate binary`
}

function textSearch(p: Picker, relations: readonly Relation[]): string {
  const word = p.of(['apple', 'pear', 'pie', 'a*'])
  const a = relation(p, relations)
  return p.of([
    `select rowid, body from f where f match '${word}'`,
    `select count(*) as n from f('${word}')`,
    `select body, ${column(p, a)} as x from f join ${a.name} on k = f.rowid where f match '${word}'`,
    'select count(*) as n from f_docsize',
  ])
}

function expanded(p: Picker, relations: readonly Relation[]): string {
  const a = relation(p, relations)
  return `select j.value, j.type from ${a.name} a, json_each(json_array(a.${column(p, a)}, 1)) j`
}

function ofTheSchema(p: Picker, relations: readonly Relation[]): string {
  const a = relation(p, relations)
  return p.of([
    'select type, name, tbl_name from sqlite_schema',
    'select count(*) as n from sqlite_master',
    `select name, type from pragma_table_xinfo('${a.name}')`,
    'select name, seq from sqlite_sequence',
    'select schema, name, type from pragma_table_list',
  ])
}
