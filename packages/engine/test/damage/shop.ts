import type { EngineClient } from '../support/engine-client.ts'
import { openBytes } from './open-bytes.ts'
import { closeStored, damageBlocks, openStored } from './stored-database.ts'
import { type PageRole, pageRoles, rowsByPage } from './page-roles.ts'

/** A database as it was before it was damaged. */
export interface Shop {
  readonly name: string
  readonly file: Uint8Array
  readonly roles: readonly PageRole[]
  /** Rows of `item` by the pages that they stand on. */
  readonly items: ReadonlyMap<number, ReadonlySet<bigint>>
  readonly freePages: readonly number[]
}

export const PAGE_SIZE = 4096

const SCHEMA = `
  create table item (id integer primary key, name text not null, note text, shelf integer);
  create index item_by_name on item (name);
  create unique index item_by_id on item (shelf, id);
  create table price (code text primary key, amount integer) without rowid;
  create table log (what text);
  create table note (id integer primary key references item, text unique);
  create view cheap as select * from price where amount < 10;
  create trigger item_log after insert on item begin insert into log values (new.name); end`

let made = 0

/** A database in IndexedDB, closed, with pages of every kind. */
export async function makeShop(rows = 3000, autoVacuum: 'none' | 'full' = 'none'): Promise<Shop> {
  const name = `shop_${++made}`
  const client = await openStored(name, { autoVacuum })
  await client.exec(SCHEMA)
  const numbers = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})`
  await client.run(`${numbers} insert into item select i, printf('item %d %s', i, hex(randomblob(30))),
    case when i % 50 = 7 then hex(randomblob(6000)) end, i % 9 from n`)
  await client.run(
    `${numbers} insert into price select printf('%s %d', hex(randomblob(12)), i), i from n order by 1`,
  )
  await client.run("insert into note select id, 'note ' || id from item where id % 10 = 0")
  await client.exec('create table gone (text); insert into gone select name from item; drop table gone')
  const roles = await pageRoles(client)
  const file = await client.exportBytes()
  const root = Number(await client.value("select rootpage from sqlite_schema where name = 'item'"))
  await closeStored(client)
  const used = new Set(roles.map(({ page }) => page))
  const pageCount = file.length / PAGE_SIZE
  const pages = Array.from({ length: pageCount }, (_, index) => index + 1)
  return {
    name,
    file,
    roles,
    items: rowsByPage(file, root),
    freePages: pages.filter((page) => !used.has(page)),
  }
}

/** One of the pages that an object has of a kind: not the root, nor the first and the last, if it has others. */
export function pageOf({ roles }: Shop, name: string, kind: PageRole['kind']): number {
  const pages = roles.filter((role) => role.name === name && role.kind === kind)
  const role = pages[Math.floor(pages.length / 2)]
  if (role === undefined) throw new Error(`${name} has no page of the kind ${kind}`)
  return role.page
}

export function rootOf({ file }: Shop, name: string): number {
  const row = openBytes(file).prepare('select rootpage from sqlite_schema where name = ?').get(name)
  return Number(row?.['rootpage'])
}

/** The bytes of a page as it was. */
export function bytesOf({ file }: Shop, page: number): Uint8Array<ArrayBuffer> {
  return file.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
}

/** Damages pages of the stored database and opens it. */
export async function openDamaged({ name }: Shop, ...pages: readonly number[]): Promise<EngineClient> {
  await damageBlocks(
    name,
    pages.map((page) => page - 1),
  )
  return openStored(name)
}
