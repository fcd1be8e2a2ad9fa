import { Picker, type Picks } from './picker.ts'
import { condition, expression, literal } from './queries/expressions.ts'
import type { Relation } from './relation.ts'

/** A random statement that writes, or tries to. */
export function renderWrite(numbers: Picks, relations: readonly Relation[]): string {
  const p = new Picker(numbers)
  // A write to a view fails, unless a trigger takes it.
  const among = p.oneIn(6) ? relations : relations.filter(({ kind }) => kind !== 'view')
  const from = among[p.below(among.length)]
  if (from === undefined) return 'delete from t0'
  if (from.kind === 'text-index') return writeToTextIndex(p)
  if (from.kind === 'spatial-index') return writeToSpatialIndex(p)
  return p.of(WRITES)(p, { from, name: from.name, all: relations })
}

interface Target {
  readonly from: Relation
  readonly name: string
  readonly all: readonly Relation[]
}

type Render = (p: Picker, to: Target) => string

/** The more useful ones more often. */
const WRITES: readonly [Render, ...Render[]] = [
  update,
  insert,
  refill,
  update,
  insert,
  remove,
  refill,
  update,
  insert,
  upsert,
  refill,
  insertFromQuery,
  updateFrom,
  swap,
  refill,
  rowid,
  internal,
]

const WRITTEN = [
  '9223372036854775000',
  '-9223372036854775000',
  '4611686018427387904',
  '9007199254740993',
  '0.1',
  '0.2',
  '0.3',
  '1e308',
  '1.0',
  '-1',
  "'a  '",
  "'Á'",
  "x''",
  "'3'",
] as const

/**
 * Now and then a value at which sums overflow or are rounded, or that is equal to another one. Not the largest
 * integer: where a row has that for its key, SQLite gives the next one a key by chance, another in each database.
 */
function written(p: Picker): string {
  return p.oneIn(3) ? p.of(WRITTEN) : literal(p)
}

function columnOf(p: Picker, { from }: Target): string {
  return from.writable[p.below(from.writable.length)] ?? 'k'
}

function conflict(p: Picker): string {
  return p.of(['', '', '', ' or replace', ' or ignore', ' or fail', ' or abort', ' or rollback'])
}

function insert(p: Picker, to: Target): string {
  const columns = [...new Set(['k', columnOf(p, to), columnOf(p, to)])]
  const row = (): string => `(${columns.map((name) => (name === 'k' ? p.below(6) : written(p))).join(', ')})`
  const rows = Array.from({ length: 1 + p.below(3) }, row).join(', ')
  const returning = p.oneIn(4) ? ' returning *' : ''
  return `insert${conflict(p)} into ${to.name} (${columns.join(', ')}) values ${rows}${returning}`
}

/** Else there would soon be few rows left. */
function refill(p: Picker, to: Target): string {
  const name = columnOf(p, to)
  const first = 1 + p.below(6)
  const columns = name === 'k' ? 'k' : `k, ${name}`
  const rows = [0, 1, 2, 3, 4].map((i) => (name === 'k' ? `(${first + i})` : `(${first + i}, ${written(p)})`))
  const list = name === 'k' ? 'column1' : 'column1, column2'
  // Nor so many that every query takes long.
  const isNeeded = `(select count(*) from ${to.name}) < 15`
  return `insert or ignore into ${to.name} (${columns}) select ${list} from (values ${rows.join(', ')}) where ${isNeeded}`
}

function upsert(p: Picker, to: Target): string {
  const name = columnOf(p, to)
  const action = p.of([
    'do nothing',
    `do update set ${name} = ${written(p)}`,
    `do update set ${name} = excluded.k`,
    `do update set (k, ${name}) = (excluded.k + 1, ${written(p)}) where ${condition(p, to.from, `${to.name}.`)}`,
  ])
  const target = p.of(['', ' (k)', ` (${name})`])
  const columns = name === 'k' ? 'k' : `k, ${name}`
  const values = name === 'k' ? `${p.below(6)}` : `${p.below(6)}, ${written(p)}`
  return `insert into ${to.name} (${columns}) values (${values}) on conflict${target} ${action}`
}

function update(p: Picker, to: Target): string {
  const name = columnOf(p, to)
  const value = p.of([
    written(p),
    written(p),
    `${name} + 1`,
    'k',
    `${name} || 'x'`,
    name,
    expression(p, to.from),
  ])
  const where = p.oneIn(4) ? '' : ` where ${condition(p, to.from)}`
  const returning = p.oneIn(5) ? ` returning ${columnOf(p, to)}` : ''
  return `update${conflict(p)} ${to.name} set ${name} = ${value}${where}${returning}`
}

function updateFrom(p: Picker, to: Target): string {
  const other = to.all[p.below(to.all.length)] ?? to.from
  const source = other.columns[p.below(other.columns.length)] ?? 'k'
  // One row at most to take the value from, so that it does not depend on the order of rows.
  const value = `(select max(${source} collate binary) as value from ${other.name})`
  return `update ${to.name} set ${columnOf(p, to)} = s.value from ${value} s where ${condition(p, to.from, `${to.name}.`)}`
}

/** Two columns at once, one of them often a part of a key. */
function swap(p: Picker, to: Target): string {
  const [first, second] = [columnOf(p, to), columnOf(p, to)]
  const name = first === 'k' ? second : 'k'
  const where = p.oneIn(2) ? condition(p, to.from) : `k = ${p.below(6)}`
  if (name === first)
    return `update${conflict(p)} ${to.name} set k = ${p.of(['k - 1', 'k + 1', '5 - k'])} where ${where}`
  return `update${conflict(p)} ${to.name} set ${name} = ${first}, ${first} = ${name} where ${where}`
}

function remove(p: Picker, to: Target): string {
  const where = p.oneIn(5) ? condition(p, to.from) : `k = ${1 + p.below(9)}`
  return p.oneIn(3)
    ? `with doomed as (select k from ${to.name} where ${where}) delete from ${to.name} where k in (select k from doomed)`
    : `delete from ${to.name} where ${where}`
}

function insertFromQuery(p: Picker, to: Target): string {
  const other = to.all[p.below(to.all.length)] ?? to.from
  const name = columnOf(p, to)
  const source = p.oneIn(3) ? expression(p, other) : (other.columns[p.below(other.columns.length)] ?? 'k')
  const columns = name === 'k' ? 'k' : `k, ${name}`
  const list = name === 'k' ? source : `${p.below(6)}, ${source}`
  const order = name === 'k' ? '1 collate binary' : '1 collate binary, 2 collate binary'
  return `insert${conflict(p)} into ${to.name} (${columns}) select ${list} from ${other.name} order by ${order} limit 3`
}

function rowid(p: Picker, to: Target): string {
  return `update${conflict(p)} ${to.name} set rowid = rowid + ${p.below(3)} where ${condition(p, to.from)}`
}

function internal(p: Picker, to: Target): string {
  return p.of([
    `delete from ${to.name}`,
    'delete from sqlite_sequence',
    `update sqlite_sequence set seq = ${p.below(9)}`,
    `replace into ${to.name} (k) values (${p.below(6)})`,
    `replace into ${to.name} select * from ${to.name} where ${condition(p, to.from)}`,
    'insert into nowhere values (1)',
  ])
}

function writeToTextIndex(p: Picker): string {
  const text = p.of(["'apple pie'", "'pear'", "'Apple'", "''", 'null'])
  return p.of([
    `insert into f (body) values (${text})`,
    `insert into f (rowid, body) values (${p.below(4)}, ${text})`,
    `replace into f (rowid, body) values (${p.below(4)}, ${text})`,
    `update f set body = ${text} where rowid = ${p.below(4)}`,
    `delete from f where rowid = ${p.below(4)}`,
    "insert into f (f) values ('optimize')",
  ])
}

function writeToSpatialIndex(p: Picker): string {
  const [x, y] = [p.below(5), p.below(5) / 2]
  // Once in a while, an end before the beginning, which is refused.
  const box = `${x}, ${x + p.of([0, 1, 2, 2, -1])}, ${y}, ${y + 1.5}`
  return p.of([
    `insert${conflict(p)} into area values (${p.below(6)}, ${box}, ${literal(p)})`,
    `insert into area (x0, x1, y0, y1) values (${box})`,
    `replace into area (k, x0, x1, y0, y1) values (${p.below(6)}, ${box})`,
    `update area set x0 = x0 - 1, x1 = x1 + ${p.below(3)} where k > ${p.below(5)}`,
    `update${conflict(p)} area set k = k + ${p.below(3)} where x0 <= ${x}`,
    `update area set label = ${literal(p)} where k = ${p.below(6)}`,
    `delete from area where k = ${p.below(6)}`,
    `delete from area where x1 >= ${x} and y0 <= ${y}`,
    `delete from area${p.of([' where label is null', ''])}`,
  ])
}
