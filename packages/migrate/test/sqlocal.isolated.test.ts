import { describe, expect, onTestFinished, test } from 'vitest'
import { importFromAbsurdSql, importFromSqlocal } from '../src/index.ts'
import { freshName, openDatabase } from './old/open-database.ts'
import { openFrame } from './old/open-frame.ts'
import { openSqlocal } from './old/open-sqlocal.ts'
import { removeFiles } from './old/remove-files.ts'
import { ask, expectAnswers, largeScript, QUESTIONS, SHOP } from './old/shop.ts'
import { storeAsBlocks } from './old/store-as-blocks.ts'

async function makeOld(script: string, questions: readonly string[]) {
  const path = `${freshName('sqlocal')}.sqlite3`
  onTestFinished(() => removeFiles(path))
  const old = await openSqlocal(path)
  await old.exec(script)
  const answers = await ask(old, questions)
  return { path, old, answers }
}

/** Ends sqlocal, with its page, where these scripts have brought it. */
async function killAfter(path: string, scripts: readonly string[]): Promise<void> {
  const frame = openFrame(new URL('old/sqlocal.frame.ts', import.meta.url), { path, scripts })
  await frame.until(({ kind }) => kind === 'ready')
  frame.kill()
}

async function findFile(name: string): Promise<File | undefined> {
  const root = await navigator.storage.getDirectory()
  for await (const key of root.keys()) if (key === name) return (await root.getFileHandle(name)).getFile()
  return undefined
}

describe('an import from sqlocal', () => {
  test('has all that was in it, while sqlocal is there still', async () => {
    const { path, old, answers } = await makeOld(SHOP, QUESTIONS)
    const db = openDatabase()

    expect(await importFromSqlocal(db, path)).toMatchObject({ status: 'imported', removedOld: false })

    await expectAnswers(db, QUESTIONS, answers)
    expect(await importFromSqlocal(db, path)).toMatchObject({ status: 'already-imported' })
    expect(await ask(old, QUESTIONS)).toEqual(answers)
    await old.close()
  })

  test('of 24 MB has every row', async () => {
    const questions = ['select * from large order by id']
    const { path, old, answers } = await makeOld(largeScript(24), questions)
    await old.close()
    const db = openDatabase()

    const outcome = await importFromSqlocal(db, path)

    expect(outcome).toMatchObject({ status: 'imported', rows: new Map([['large', 12_000]]) })
    await expectAnswers(db, questions, answers)
  })

  test('undoes what a killed tab had not committed, and so does one of blocks in IndexedDB', async () => {
    const { path, old, answers } = await makeOld(SHOP, QUESTIONS)
    await old.close()
    await killAfter(path, [
      "pragma cache_size = 5; begin; update item set name = 'torn', note = printf('%01000d', id)",
    ])
    const [main, journal] = await Promise.all([findFile(path), findFile(`${path}-journal`)])
    expect(journal?.size).toBeGreaterThan(10_000)
    expect(await main?.text()).toContain('torn')
    const blocks = freshName('absurd')
    onTestFinished(() => void indexedDB.deleteDatabase(blocks))
    onTestFinished(() => void indexedDB.deleteDatabase(`${blocks}-journal`))
    await storeAsBlocks(blocks, main)
    await storeAsBlocks(`${blocks}-journal`, journal)
    const [db, other] = [openDatabase(), openDatabase()]

    await importFromSqlocal(db, path)
    await importFromAbsurdSql(other, blocks, { removeOld: true })

    await expectAnswers(db, QUESTIONS, answers)
    await expectAnswers(other, QUESTIONS, answers)
    const left = (await indexedDB.databases()).filter(({ name = '' }) => name.startsWith(blocks))
    expect(left).toEqual([])
    // sqlocal itself comes to the same.
    const again = await openSqlocal(path)
    expect(await ask(again, QUESTIONS)).toEqual(answers)
    await again.close()
  })

  test('has what is in the log alone', async () => {
    const path = `${freshName('sqlocal')}.sqlite3`
    onTestFinished(() => removeFiles(path))
    await killAfter(path, [
      'pragma locking_mode = exclusive; pragma journal_mode = wal; pragma wal_autocheckpoint = 0',
      "create table t (a); insert into t values ('in the log')",
    ])
    expect((await findFile(`${path}-wal`))?.size).toBeGreaterThan(4096)
    const db = openDatabase()

    await importFromSqlocal(db, path)

    expect(await db.query('select a from t')).toEqual([{ a: 'in the log' }])
  })

  test('waits for its lock, and gives up after a while', async () => {
    const { path, old } = await makeOld(SHOP, [])
    const db = openDatabase()
    let letGo: () => void = () => undefined
    const isHeld = new Promise<void>((resolve) => {
      void navigator.locks.request(`_sqlocal_mutation_(${path})`, { mode: 'shared' }, async () => {
        resolve()
        await new Promise<void>((release) => (letGo = release))
      })
    })
    await isHeld

    await expect(importFromSqlocal(db, path, { timeout: 200 })).rejects.toMatchObject({
      code: 'import-in-use',
    })
    letGo()
    expect(await importFromSqlocal(db, path)).toMatchObject({ status: 'imported' })
    await old.close()
  })

  test('removes its files if that is asked', async () => {
    const { path, old, answers } = await makeOld(SHOP, QUESTIONS)
    await old.close()
    const db = openDatabase()

    expect(await importFromSqlocal(db, path, { removeOld: true })).toMatchObject({ status: 'imported' })
    // Its worker lets go of the file some time after it was asked to.
    const removeAgain = async (): Promise<File | undefined> => {
      await importFromSqlocal(db, path, { removeOld: true })
      return findFile(path)
    }
    await expect.poll(removeAgain, { timeout: 15_000 }).toBeUndefined()
    await expectAnswers(db, QUESTIONS, answers)
  })

  test.each([
    ['something else', (): Blob => new Blob(['a picture, perhaps'.repeat(1000)])],
    ['the first half of one', (file: File): Blob => file.slice(0, Math.floor(file.size / 8192) * 4096)],
  ])('of %s is refused', async (_, damage) => {
    const { path, old } = await makeOld(SHOP, [])
    await old.close()
    const file = await findFile(path)
    if (file === undefined) throw new Error('sqlocal wrote no file')
    const damaged = `${path}-damaged`
    const root = await navigator.storage.getDirectory()
    const writable = await (await root.getFileHandle(damaged, { create: true })).createWritable()
    await writable.write(damage(file))
    await writable.close()
    const db = openDatabase()
    await db.exec('create table mine (x)')

    await expect(importFromSqlocal(db, damaged)).rejects.toMatchObject({ code: 'import-damaged' })
    expect(await db.query('select name from sqlite_schema')).toEqual([{ name: 'mine' }])
    expect(await importFromSqlocal(db, path)).toMatchObject({ status: 'imported' })
  })

  test('of nothing says so', async () => {
    await expect(importFromSqlocal(openDatabase(), 'no/such/file')).rejects.toMatchObject({
      code: 'import-missing',
    })
  })
})
