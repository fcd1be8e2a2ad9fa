import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { beforeEach, expect, test, vi } from 'vitest'
import { addItems, countItems, createItems, integrity, mount, openWal } from '../sqlite-fixture.ts'
import { openStoredFiles } from './open-stored-files.ts'

vi.stubGlobal('IDBKeyRange', IDBKeyRange)
beforeEach(() => void vi.stubGlobal('indexedDB', new IDBFactory()))

test('what was flushed is there when it is opened again, and what was not is not', async () => {
  const files = await openStoredFiles('shop')
  const database = openWal(mount(files))
  createItems(database, 1000)
  await files.flush()
  addItems(database, 10)
  await files.flush()
  addItems(database, 5)

  const copy = openWal(mount(await openStoredFiles('shop')))
  expect(integrity(copy)).toBe('ok')
  expect(countItems(copy)).toBe(1010)
  database.close()
  copy.close()
})
