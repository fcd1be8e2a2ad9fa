import fc from 'fast-check'
import { expect, test } from 'vitest'
import { databaseFolder } from '../../src/worker/storage/database-folder.ts'
import { nastyNames } from './nasty-names.ts'

const wellFormed = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 })

test.each([
  ['shop', 'shop'],
  ['my_shop2', 'my_shop2'],
  ['shop-wal', 'shop%2dwal'],
  ['Shop', '%53hop'],
  ['a/b', 'a%2fb'],
  ['..', '%2e%2e'],
  ['käse', 'k%c3%a4se'],
])('the folder of %s is %s', async (name, folder) => {
  expect(await databaseFolder(name)).toBe(folder)
})

test('any name gets a folder that every file system can hold', async () => {
  await fc.assert(
    fc.asyncProperty(wellFormed, async (name) => {
      expect(await databaseFolder(name)).toMatch(/^[a-z0-9_%+]{1,120}$/)
    }),
  )
})

test('different names never share a folder, however long, and whatever the case', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.oneof(wellFormed, fc.constantFrom(...nastyNames)), { minLength: 2, maxLength: 20 }),
      async (names) => {
        const folders = await Promise.all(names.map(databaseFolder))
        expect(new Set(folders.map((folder) => folder.toUpperCase())).size).toBe(names.length)
      },
    ),
  )
})

test('a name cannot pass for the folder of a longer one', async () => {
  const shortened = await databaseFolder('x'.repeat(500))
  expect(shortened.length).toBeLessThanOrEqual(120)
  expect(await databaseFolder(shortened)).not.toBe(shortened)
})

test.each(['', '\ud800', 'a\udc00b', '\udc00\ud800'])('%j names no database', async (name) => {
  await expect(databaseFolder(name)).rejects.toMatchObject({ code: 'invalid-name' })
})
