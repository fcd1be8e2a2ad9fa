import { createTestDatabase } from '@datasync/engine/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '@datasync/engine/testing'
import { migrations } from '../src/data/migrations.ts'
import { setFavourite, setNote } from '../src/data/place-changes.ts'
import { insertAreas, insertPlaces } from '../src/import/import-statements.ts'

let database: TestDatabase

beforeEach(async () => {
  database = createTestDatabase({ migrations })
  await database.batch(insertAreas('[["CH","Switzerland","switzerland"]]', '[[1,"Zürich","zurich"]]'))
  await database.batch(
    insertPlaces('[[1,"Uster","uster",1,"CH",47.3,8.7,1],[2,"Zürich","zurich",1,"CH",47.4,8.5,1]]', 2),
  )
})
afterEach(async () => database.close())

test('a favourite is one however often it is set, and none once it is unset', async () => {
  await database.run(setFavourite(1, true))
  await database.run(setFavourite(1, true))
  expect(await database.query('select city_id from favourite')).toEqual([{ city_id: 1 }])
  await database.run(setFavourite(1, false))
  expect(await database.query('select city_id from favourite')).toEqual([])
})

test('a note replaces the one before, without the space around it, and an empty one is none', async () => {
  const notes = async () => database.query('select city_id, body from note')
  await database.run(setNote(1, ' First '))
  await database.run(setNote(1, 'Second'))
  expect(await notes()).toEqual([{ city_id: 1, body: 'Second' }])
  await database.run(setNote(1, '  '))
  expect(await notes()).toEqual([])
})

test('places that are there already are not inserted again', async () => {
  await database.batch(insertAreas('[["CH","Switzerland","switzerland"]]', '[[1,"Zürich","zurich"]]'))
  await database.batch(
    insertPlaces('[[2,"Zürich","zurich",1,"CH",47.4,8.5,1],[3,"Wil","wil",1,"CH",47.4,9,1]]', 3),
  )
  expect(await database.query('select id from city')).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
  expect(await database.get('select done from import')).toEqual({ done: 3 })
})

test('the search follows a place that is renamed or deleted', async () => {
  const find = async (match: string) =>
    database.query('select rowid as id from city_search where city_search match ?', [match])
  await database.run("update city set folded = 'turicum' where id = 2")
  expect(await find('turicum')).toEqual([{ id: 2 }])
  expect(await find('name : zurich')).toEqual([])
  await database.run('delete from city where id = 2')
  expect(await find('turicum')).toEqual([])
})
