import { describe, expect, onTestFinished, test } from 'vitest'
import { importFromAbsurdSql, type OldImportProgress } from '../src/index.ts'
import { openAbsurdSql } from './old/open-absurd-sql.ts'
import { freshName, openDatabase } from './old/open-database.ts'
import { ask, expectAnswers, largeScript, QUESTIONS, SHOP } from './old/shop.ts'

/** As absurd-sql asks for it. */
const IN_MEMORY = 'pragma journal_mode = memory;'

async function makeOld(script: string, questions: readonly string[], pageSize = 4096) {
  const name = `${freshName('absurd')}.sqlite`
  const old = await openAbsurdSql(`/sql/${name}`)
  onTestFinished(() => void indexedDB.deleteDatabase(name))
  await old.exec(`pragma page_size = ${pageSize}; ${IN_MEMORY}`)
  await old.exec(script)
  const answers = await ask(old, questions)
  return { name, old, answers }
}

async function exists(name: string): Promise<boolean> {
  return (await indexedDB.databases()).some((database) => database.name === name)
}

describe('an import from absurd-sql', () => {
  test.each([1024, 4096, 8192, 32_768])(
    'has all that was in it, with blocks of %i bytes',
    async (pageSize) => {
      const { name, old, answers } = await makeOld(SHOP, QUESTIONS, pageSize)
      await old.close()
      const db = openDatabase()

      const outcome = await importFromAbsurdSql(db, `/sql/${name}`)

      expect(outcome).toMatchObject({ status: 'imported', removedOld: false })
      if (outcome.status === 'imported') {
        expect(outcome.rows).toEqual(
          new Map([
            ['empty', 0],
            ['item', 500],
            ['odd "name', 2],
          ]),
        )
      }
      await expectAnswers(db, QUESTIONS, answers)
      expect(await db.get('pragma user_version')).toEqual({ user_version: 3 })
      expect(await exists(name)).toBe(true)
    },
  )

  test('of 24 MB reads it in pieces, and says how far it is', async () => {
    const questions = ['select * from large order by id']
    const { name, old, answers } = await makeOld(largeScript(24), questions)
    await old.close()
    const db = openDatabase()
    const seen: OldImportProgress[] = []

    const outcome = await importFromAbsurdSql(db, name, { onProgress: (progress) => seen.push(progress) })

    expect(outcome).toMatchObject({ status: 'imported' })
    await expectAnswers(db, questions, answers)
    expect(seen.length).toBeGreaterThan(20)
    const last = seen.at(-1)
    expect(last?.bytes).toBe(last?.totalBytes)
    expect(last?.bytes).toBeGreaterThan(24_000_000)
  })

  test('is done once, and leaves alone what was written since', async () => {
    const { name, old, answers } = await makeOld(SHOP, QUESTIONS)
    await old.close()
    const db = openDatabase()
    await importFromAbsurdSql(db, name)
    await db.run('delete from item where id > 10')

    expect(await importFromAbsurdSql(db, name)).toEqual({ status: 'already-imported', removedOld: false })
    expect(await db.get('select count(*) as n from item')).toEqual({ n: 10 })

    await importFromAbsurdSql(db, name, { once: false, replace: true })
    await expectAnswers(db, QUESTIONS, answers)
  })

  test('asked for twice at once is done by one of the two', async () => {
    const { name, old } = await makeOld(SHOP, QUESTIONS)
    await old.close()
    const db = openDatabase()

    const outcomes = await Promise.all([importFromAbsurdSql(db, name), importFromAbsurdSql(db, name)])

    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['already-imported', 'imported'])
  })

  test('removes the old data if that is asked, and only then', async () => {
    const { name, old, answers } = await makeOld(SHOP, QUESTIONS)
    await old.close()
    const db = openDatabase()

    expect(await importFromAbsurdSql(db, name, { removeOld: true })).toMatchObject({ removedOld: true })

    expect(await exists(name)).toBe(false)
    await expectAnswers(db, QUESTIONS, answers)
  })

  test('removes at a later start what has not changed since, and nothing else', async () => {
    const { name, old } = await makeOld(SHOP, QUESTIONS)
    const db = openDatabase()
    await importFromAbsurdSql(db, name)
    await old.exec("insert into item (name) values ('after the import')")
    await old.close()

    expect(await importFromAbsurdSql(db, name, { removeOld: true })).toMatchObject({ removedOld: false })
    expect(await exists(name)).toBe(true)

    const second = await makeOld(SHOP, QUESTIONS)
    await second.old.close()
    const other = openDatabase()
    await importFromAbsurdSql(other, second.name)
    const outcome = await importFromAbsurdSql(other, second.name, { removeOld: true })
    expect(outcome).toEqual({ status: 'already-imported', removedOld: true })
    expect(await exists(second.name)).toBe(false)
  })

  test('gives the content the version of a migration, and runs those after it', async () => {
    const { name, old } = await makeOld('create table todo (title text); pragma user_version = 40', [])
    await old.close()
    const db = openDatabase({
      migrations: ['create table todo (title text)', 'alter table todo add column done integer'],
    })

    await importFromAbsurdSql(db, name, { schemaVersion: 1 })

    expect(await db.query('select name from pragma_table_info(?)', ['todo'])).toEqual([
      { name: 'title' },
      { name: 'done' },
    ])
  })

  test('of nothing says so, or makes nothing of it', async () => {
    const db = openDatabase()
    const name = freshName('missing')

    await expect(importFromAbsurdSql(db, name)).rejects.toMatchObject({ code: 'import-missing' })
    expect(await importFromAbsurdSql(db, name, { optional: true })).toEqual({ status: 'nothing-found' })
    expect(await exists(name)).toBe(false)
    expect(await db.get('select 1 as one')).toEqual({ one: 1 })
  })

  test('waits for a transaction that writes, and gives up after a while', async () => {
    const { name, old } = await makeOld(SHOP, [])
    await old.exec('begin immediate; delete from item')
    const db = openDatabase()

    await expect(importFromAbsurdSql(db, name, { timeout: 300 })).rejects.toMatchObject({
      code: 'import-in-use',
    })
    const importing = importFromAbsurdSql(db, name)
    await old.exec('rollback')

    expect(await importing).toMatchObject({ status: 'imported' })
    expect(await db.get('select count(*) as n from item')).toEqual({ n: 500 })
    await old.close()
  })

  test('of a database that is written to meanwhile is given up', async () => {
    const { name, old } = await makeOld(largeScript(8), [])
    const db = openDatabase()
    let writing: Promise<void> | undefined

    const importing = importFromAbsurdSql(db, name, {
      onProgress: () => {
        writing ??= old.exec("update large set data = 'changed' where id = 1")
      },
    })

    await expect(importing).rejects.toMatchObject({ code: 'import-unfinished' })
    await writing
    expect(await db.query('select name from sqlite_schema')).toEqual([])
    expect(await importFromAbsurdSql(db, name)).toMatchObject({ status: 'imported' })
    expect(await db.get('select data from large where id = 1')).toEqual({ data: 'changed' })
    await old.close()
  })

  test('loses no rows that are in the new database, unless it is told to', async () => {
    const { name, old, answers } = await makeOld(SHOP, QUESTIONS)
    await old.close()
    const db = openDatabase({ migrations: ['create table mine (x)'] })
    await db.run('insert into mine values (1)')

    await expect(importFromAbsurdSql(db, name)).rejects.toMatchObject({ code: 'import-refused' })
    expect(await db.query('select x from mine')).toEqual([{ x: 1 }])

    await importFromAbsurdSql(db, name, { replace: true, schemaVersion: 1 })
    await expectAnswers(db, QUESTIONS, answers)
  })

  test('is aborted by its signal', async () => {
    const { name, old } = await makeOld(largeScript(8), [])
    await old.close()
    const db = openDatabase()
    const controller = new AbortController()

    const importing = importFromAbsurdSql(db, name, {
      signal: controller.signal,
      onProgress: () => controller.abort('enough'),
    })

    await expect(importing).rejects.toMatchObject({ code: 'aborted', cause: 'enough' })
    expect(await db.query('select name from sqlite_schema')).toEqual([])
  })
})
