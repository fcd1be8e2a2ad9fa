import { Picker, type Picks } from './picker.ts'
import { condition, literal } from './query.ts'
import type { Relation } from './relation.ts'

/** A random statement that writes, or tries to. */
export function renderWrite(numbers: Picks, relations: readonly Relation[]): string {
  const p = new Picker(numbers)
  // A write to a view fails, unless a trigger takes it.
  const among = p.oneIn(6) ? relations : relations.filter(({ kind }) => kind !== 'view')
  const from = among[p.below(among.length)]
  if (from === undefined) return 'delete from t0'
  if (from.kind === 'text-index') return writeToTextIndex(p)
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
  update,
  insert,
  remove,
  update,
  upsert,
  insertFromQuery,
  updateFrom,
  rowid,
  internal,
  truncate,
]

function columnOf(p: Picker, { from }: Target): string {
  return from.writable[p.below(from.writable.length)] ?? 'k'
}

function conflict(p: Picker): string {
  return p.of(['', '', '', ' or replace', ' or ignore', ' or fail', ' or abort', ' or rollback'])
}

function insert(p: Picker, to: Target): string {
  const columns = [...new Set(['k', columnOf(p, to), columnOf(p, to)])]
  const row = (): string => `(${columns.map((name) => (name === 'k' ? p.below(6) : literal(p))).join(', ')})`
  const rows = Array.from({ length: 1 + p.below(3) }, row).join(', ')
  const returning = p.oneIn(4) ? ' returning *' : ''
  return `insert${conflict(p)} into ${to.name} (${columns.join(', ')}) values ${rows}${returning}`
}

function upsert(p: Picker, to: Target): string {
  const name = columnOf(p, to)
  const action = p.of([
    'do nothing',
    `do update set ${name} = ${literal(p)}`,
    `do update set ${name} = excluded.k`,
  ])
  const target = p.of(['', ' (k)', ` (${name})`])
  const columns = name === 'k' ? 'k' : `k, ${name}`
  const values = name === 'k' ? `${p.below(6)}` : `${p.below(6)}, ${literal(p)}`
  return `insert into ${to.name} (${columns}) values (${values}) on conflict${target} ${action}`
}

function update(p: Picker, to: Target): string {
  const name = columnOf(p, to)
  const value = p.of([literal(p), literal(p), `${name} + 1`, 'k', `${name} || 'x'`, name])
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

function remove(p: Picker, to: Target): string {
  const where = p.oneIn(3) ? condition(p, to.from) : `k = ${1 + p.below(5)}`
  return p.oneIn(3)
    ? `with doomed as (select k from ${to.name} where ${where}) delete from ${to.name} where k in (select k from doomed)`
    : `delete from ${to.name} where ${where}`
}

function truncate(_: Picker, to: Target): string {
  return `delete from ${to.name}`
}

function insertFromQuery(p: Picker, to: Target): string {
  const other = to.all[p.below(to.all.length)] ?? to.from
  const name = columnOf(p, to)
  const source = other.columns[p.below(other.columns.length)] ?? 'k'
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
    'delete from sqlite_sequence',
    `update sqlite_sequence set seq = ${p.below(9)}`,
    `replace into ${to.name} (k) values (${p.below(6)})`,
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
    'delete from f',
    "insert into f (f) values ('optimize')",
  ])
}
