import type { DatabaseOptions } from '@datasync/engine'
import localforage from 'localforage'
import { describe, expect, onTestFinished, test } from 'vitest'
import { importFromAbsurdSql, importFromSqlJs, importFromSqlocal } from '../src/index.ts'
import { freshName, openDatabase } from './old/open-database.ts'
import { openSqlJs } from './old/open-sql-js.ts'
import { ask, expectAnswers, largeScript, QUESTIONS, SHOP } from './old/shop.ts'
import { storeAsBlocks } from './old/store-as-blocks.ts'

/** A file as the old libraries have left it: here, they cannot write themselves. */
async function makeFile(script: string, questions: readonly string[]) {
  const old = await openSqlJs()
  await old.exec(`pragma page_size = 4096; ${script}`)
  const answers = await ask(old, questions)
  const file = new File([old.bytes()], 'old.sqlite')
  await old.close()
  return { file, answers }
}

async function blocksExist(name: string): Promise<boolean> {
  return (await indexedDB.databases()).some((database) => database.name === name)
}

async function namesOfFiles(): Promise<readonly string[]> {
  const names: string[] = []
  for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name)
  return names
}

test('the page shares no memory with workers', () => {
  expect(crossOriginIsolated).toBe(false)
})

describe.each<Required<Pick<DatabaseOptions, 'storage'>>>([{ storage: 'opfs' }, { storage: 'indexeddb' }])(
  'into $storage, on a page that is not isolated,',
  (options) => {
    test('the blocks of absurd-sql are imported once, and removed if that is asked', async () => {
      const name = freshName('absurd')
      onTestFinished(() => void indexedDB.deleteDatabase(name))
      const { file, answers } = await makeFile(SHOP, QUESTIONS)
      await storeAsBlocks(name, file)
      const db = openDatabase(options)

      expect(await importFromAbsurdSql(db, name)).toMatchObject({ status: 'imported', removedOld: false })
      await expectAnswers(db, QUESTIONS, answers)
      expect(await importFromAbsurdSql(db, name, { removeOld: true })).toEqual({
        status: 'already-imported',
        removedOld: true,
      })

      await expectAnswers(db, QUESTIONS, answers)
      expect(await blocksExist(name)).toBe(false)
    })

    test('a file of sqlocal is imported, and removed if that is asked', async () => {
      const path = `${freshName('sqlocal')}.sqlite3`
      const { file, answers } = await makeFile(SHOP, QUESTIONS)
      const root = await navigator.storage.getDirectory()
      const writable = await (await root.getFileHandle(path, { create: true })).createWritable()
      await writable.write(file)
      await writable.close()
      const db = openDatabase(options)

      expect(await importFromSqlocal(db, path, { removeOld: true })).toMatchObject({
        status: 'imported',
        removedOld: true,
      })

      await expectAnswers(db, QUESTIONS, answers)
      expect(await namesOfFiles()).not.toContain(path)
    })

    test('what sql.js has exported is imported from where localforage keeps it', async () => {
      const { file, answers } = await makeFile(SHOP, QUESTIONS)
      const [name, storeName, key] = [freshName('forage'), 'databases', 'shop']
      const forage = localforage.createInstance({ name, storeName, driver: localforage.INDEXEDDB })
      onTestFinished(() => forage.dropInstance({ name }))
      await forage.setItem(key, new Uint8Array(await file.arrayBuffer()))
      const db = openDatabase(options)

      const outcome = await importFromSqlJs(
        db,
        { localforage: { name, storeName, key } },
        { removeOld: true },
      )

      expect(outcome).toMatchObject({ status: 'imported', removedOld: true })
      await expectAnswers(db, QUESTIONS, answers)
      expect(await forage.getItem(key)).toBeNull()
    })

    test('a large one is read in pieces', async () => {
      const questions = ['select * from large order by id']
      const name = freshName('absurd')
      onTestFinished(() => void indexedDB.deleteDatabase(name))
      const { file, answers } = await makeFile(largeScript(4), questions)
      await storeAsBlocks(name, file)
      const db = openDatabase(options)
      const seen: number[] = []

      await importFromAbsurdSql(db, name, { onProgress: ({ bytes }) => seen.push(bytes) })

      await expectAnswers(db, questions, answers)
      expect(seen.length).toBeGreaterThan(2)
      expect(seen.at(-1)).toBe(file.size)
    })

    test('nothing, and what is no database, are refused, and leave what is there', async () => {
      const db = openDatabase(options)
      await db.exec('create table mine (x)')

      await expect(importFromAbsurdSql(db, 'no such database')).rejects.toMatchObject({
        code: 'import-missing',
      })
      await expect(importFromSqlocal(db, 'no/such/file')).rejects.toMatchObject({ code: 'import-missing' })
      await expect(importFromSqlJs(db, 'once upon a time')).rejects.toMatchObject({ code: 'import-damaged' })

      expect(await db.query('select name from sqlite_schema')).toEqual([{ name: 'mine' }])
    })
  },
)
