import localforage from 'localforage'
import { describe, expect, onTestFinished, test } from 'vitest'
import { importFromSqlJs, type SqlJsBytes, type SqlJsSource } from '../src/index.ts'
import { freshName, openDatabase } from './old/open-database.ts'
import { openSqlJs } from './old/open-sql-js.ts'
import { ask, expectAnswers, largeScript, QUESTIONS, SHOP } from './old/shop.ts'

async function makeOld(script: string, questions: readonly string[]) {
  const old = await openSqlJs()
  await old.exec(script)
  const answers = await ask(old, questions)
  const bytes = old.bytes()
  await old.close()
  return { bytes, answers }
}

/** A character for each byte, as the documentation of sql.js has it for localStorage. */
function characters(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}

const FORMS: readonly (readonly [string, (bytes: Uint8Array<ArrayBuffer>) => SqlJsBytes])[] = [
  ['bytes', (bytes) => bytes],
  ['a buffer', (bytes) => bytes.slice().buffer],
  ['a blob', (bytes) => new Blob([bytes])],
  ['a list', (bytes) => [...bytes]],
  ['base64', (bytes) => btoa(characters(bytes))],
  ['a data URL', (bytes) => `data:application/x-sqlite3;base64,${btoa(characters(bytes))}`],
  ['characters', characters],
  ['JSON of a list', (bytes) => JSON.stringify([...bytes])],
  ['JSON of bytes', (bytes) => JSON.stringify(bytes)],
  ['numbers with commas', String],
  ['hexadecimal', (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')],
]

describe('an import from sql.js', () => {
  test.each(FORMS)('has all that was in it, kept as %s', async (_, form) => {
    const { bytes, answers } = await makeOld(SHOP, QUESTIONS)
    const db = openDatabase()

    expect(await importFromSqlJs(db, form(bytes))).toMatchObject({ status: 'imported' })

    await expectAnswers(db, QUESTIONS, answers)
  })

  test('of 24 MB has every row', async () => {
    const questions = ['select * from large order by id']
    const { bytes, answers } = await makeOld(largeScript(24), questions)
    const db = openDatabase()

    await importFromSqlJs(db, bytes)

    await expectAnswers(db, questions, answers)
  })

  test('finds it in localStorage, and removes it there', async () => {
    const { bytes, answers } = await makeOld(SHOP, QUESTIONS)
    const key = freshName('shop')
    localStorage.setItem(key, characters(bytes))
    await expectFoundAndRemoved({ localStorage: key }, answers)
    expect(localStorage.getItem(key)).toBeNull()
  })

  test.each([localforage.INDEXEDDB, localforage.LOCALSTORAGE])(
    'finds it where localforage has it: %s',
    async (driver) => {
      const { bytes, answers } = await makeOld(SHOP, QUESTIONS)
      const [name, storeName, key] = [freshName('forage'), 'databases', 'shop']
      const forage = localforage.createInstance({ name, storeName, driver })
      onTestFinished(() => forage.dropInstance({ name }))
      await forage.setItem(key, bytes)

      await expectFoundAndRemoved({ localforage: { name, storeName, key } }, answers)

      expect(await forage.getItem(key)).toBeNull()
    },
  )

  test('finds it in IndexedDB', async () => {
    const { bytes, answers } = await makeOld(SHOP, QUESTIONS)
    const database = freshName('kept')
    const forage = localforage.createInstance({ name: database, storeName: 'files' })
    onTestFinished(() => forage.dropInstance({ name: database }))
    await forage.setItem('shop', new Blob([bytes]))

    await expectFoundAndRemoved({ indexedDB: { database, store: 'files', key: 'shop' } }, answers)
  })

  test('asks no function for what it has imported before', async () => {
    const { bytes } = await makeOld(SHOP, QUESTIONS)
    const db = openDatabase()
    let calls = 0
    const source = async (): Promise<SqlJsBytes> => {
      calls++
      return bytes
    }

    await importFromSqlJs(db, source)
    await importFromSqlJs(db, source)

    expect(calls).toBe(1)
  })

  test.each<[string, SqlJsSource, string]>([
    ['nothing', (): undefined => undefined, 'import-missing'],
    ['no bytes', new Uint8Array(), 'import-missing'],
    ['a text in no known form', 'once upon a time', 'import-damaged'],
    ['base64 that is cut off', 'U1FMaXRlIGZvcm1hdCAzA', 'import-damaged'],
    ['a key that is not there', { localStorage: 'no such key' }, 'import-missing'],
    [
      'a database that is not there',
      { indexedDB: { database: 'no such database', store: 'files', key: 1 } },
      'import-missing',
    ],
    ['a number', 7 as never, 'invalid-argument'],
  ])('of %s is refused', async (_, source, code) => {
    const db = openDatabase()

    const error: unknown = await Promise.resolve()
      .then(() => importFromSqlJs(db, source))
      .catch((reason: unknown) => reason)

    expect(error).toMatchObject({ code })
    expect(await db.get('select 1 as one')).toEqual({ one: 1 })
  })
})

async function expectFoundAndRemoved(source: SqlJsSource, answers: readonly string[]): Promise<void> {
  const db = openDatabase()
  expect(await importFromSqlJs(db, source)).toMatchObject({ status: 'imported', removedOld: false })
  expect(await importFromSqlJs(db, source, { removeOld: true })).toEqual({
    status: 'already-imported',
    removedOld: true,
  })
  await expectAnswers(db, QUESTIONS, answers)
}
