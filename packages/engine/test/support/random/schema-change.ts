import { Picker, type Picks } from './picker.ts'
import { literal } from './queries/expressions.ts'
import { renderQuery } from './queries/render-query.ts'
import type { Relation } from './relation.ts'
import { renderTrigger } from './schema.ts'

/** A random statement that changes the schema, or tries to, and things that are as rare. */
export function renderSchemaChange(numbers: Picks, relations: readonly Relation[]): string {
  const p = new Picker(numbers)
  const tables = relations.filter(({ kind }) => kind === 'table')
  const { name, columns } = tables[p.below(tables.length)] ?? { name: 't0', columns: ['k'] }
  const column = columns[p.below(columns.length)] ?? 'k'
  const number = p.below(3)
  return p.of([
    `alter table ${name} add column x${number} default ${literal(p)}`,
    `alter table ${name} drop column ${column}`,
    `alter table ${name} rename column ${column} to ${p.of(['c0', 'c1', 'renamed'])}`,
    `alter table ${name} rename to ${p.of(['t0', 't1', 't2', 'u'])}`,
    `create ${p.of(['', 'unique '])}index i${number} on ${name} (${column})`,
    `create index i${number} on ${name} (${column} desc, typeof(${column})) ${p.of(['', 'where k > 1'])}`,
    `drop index if exists i${number}`,
    `drop table ${name}`,
    `create table ${p.of(['t0', 't1', 'u'])} (k, c0 collate nocase, c1 unique)`,
    `create table ${p.of(['t0', 't1', 'u'])} (c0 primary key, k) without rowid`,
    `create table ${p.of(['t2', 'u'])} as select * from ${name}`,
    renderTrigger(numbers, 10 + number, relations),
    `drop trigger if exists r${p.of([0, 1, 2, 10, 11, 12])}`,
    `drop view if exists v${number}`,
    `create view v${number} as ${renderQuery(numbers.slice(2), relations).sql}`,
    `create trigger w${number} instead of insert on v${number} begin insert into ${name} (k) values (1 + ${number}); end`,
    `create temp table ${name} (k, c0, c1)`,
    `drop table temp.${name}`,
    `create temp trigger temporary${number} after delete on main.${name} begin delete from main.${name} where k = ${number}; end`,
    `drop trigger if exists temporary${number}`,
    'vacuum',
    'analyze',
    'reindex',
    `pragma user_version = ${number}`,
    'pragma foreign_keys = off',
    'pragma foreign_keys = on',
    'pragma recursive_triggers = on',
    'pragma recursive_triggers = off',
  ])
}
