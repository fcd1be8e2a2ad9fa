import localforage from 'localforage'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { examples } from 'virtual:examples'
import { TABLES } from '../../../docs/examples/tables.ts'
import { deleteDatabases, give } from '../../../apps/site/examples/given.ts'
import { openAbsurdSql } from './old/open-absurd-sql.ts'
import { openSqlJs } from './old/open-sql-js.ts'
import { openSqlocal } from './old/open-sqlocal.ts'
import { removeFiles } from './old/remove-files.ts'

// What the examples import: an old database of each library, where they say that it lies.
const SHOP = "create table todo (title text, done integer); insert into todo values ('milk', 0)"

beforeAll(async () => {
  const absurd = await openAbsurdSql('/sql/shop.sqlite')
  await absurd.exec(`pragma journal_mode = memory; ${SHOP}`)
  await absurd.close()
  const sqlocal = await openSqlocal('shop.sqlite3')
  await sqlocal.exec(SHOP)
  await sqlocal.close()
  const sqlJs = await openSqlJs()
  await sqlJs.exec(SHOP)
  await localforage.setItem('shop', sqlJs.bytes())
  localStorage.setItem('shop', String(sqlJs.bytes()))
  await sqlJs.close()
})

afterAll(async () => {
  indexedDB.deleteDatabase('shop.sqlite')
  localStorage.removeItem('shop')
  await localforage.dropInstance()
  await removeFiles('shop.sqlite3')
})

let databases: readonly string[] = []
afterEach(() => deleteDatabases(databases))

test.each(examples)('does what $page says in line $line', async (example) => {
  databases = example.databases
  // They have rows only from the old database, which has gone through the first migration.
  const given = { ...(await give(example.given, databases, [])), migrations: TABLES.slice(0, 1) }
  await example.run(given, (actual, expected) => expect(actual).toEqual(expected))
})
