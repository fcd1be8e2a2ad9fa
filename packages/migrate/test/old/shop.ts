import type { Database } from '@datasync/engine'
import { expect } from 'vitest'
import type { OldLibrary } from './old-library.ts'

/** All kinds of values, names that have to be quoted, an index, a view, a table without rowids. */
export const SHOP = `
  create table item (id integer primary key, name text, price real, image blob, note text);
  insert into item
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 500)
    select i, 'item ' || i || ' ünïcode 🛒', i * 1.25, cast(zeroblob(20) || i as blob), iif(i % 3, null, 'note') from n;
  create table "odd ""name" (a text primary key, b) without rowid;
  insert into "odd ""name" values ('it''s', 1), ('x', null);
  create index item_name on item (name);
  create view cheap as select id from item where price < 10;
  create table empty (a);
  pragma user_version = 3`

export const QUESTIONS = [
  'select * from item order by id',
  'select * from "odd ""name" order by a',
  'select * from cheap order by id',
  'select * from empty',
  "select type, name, tbl_name, sql from sqlite_schema where tbl_name not like 'datasync%' and name not like 'sqlite%' order by name",
]

/** About `megabytes` of rows of which no two are alike. */
export function largeScript(megabytes: number): string {
  return `
    create table large (id integer primary key, data text);
    insert into large
      with recursive n(i) as (select 1 union all select i + 1 from n where i < ${megabytes * 500})
      select i, printf('%02000d', i * 7919) from n`
}

/** What the old library answers, as text that can be compared row for row. */
export async function ask(old: OldLibrary, questions: readonly string[]): Promise<readonly string[]> {
  const answers: string[] = []
  for (const question of questions) answers.push(textOf(await old.query(question)))
  return answers
}

export async function expectAnswers(
  db: Database,
  questions: readonly string[],
  answers: readonly string[],
): Promise<void> {
  for (const [index, question] of questions.entries()) {
    const { rows } = await db.execute(question)
    expect(textOf(rows)).toBe(answers[index])
  }
}

function textOf(rows: readonly (readonly unknown[])[]): string {
  return rows
    .map((row) => JSON.stringify(row.map((value) => (value instanceof Uint8Array ? [...value] : value))))
    .join('\n')
}
