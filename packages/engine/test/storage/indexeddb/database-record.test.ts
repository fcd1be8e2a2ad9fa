import { expect, onTestFinished, test } from 'vitest'
import type { DatabaseRecord } from '../../../src/worker/storage/indexeddb/extent-source.ts'
import { EXTENTS, FORMAT, LOG, META, RECORD_KEY } from '../../../src/worker/storage/indexeddb/schema.ts'
import { openSealed, sealText } from '../../../src/worker/storage/indexeddb/sealed-text.ts'
import { createItems, mount, openWal } from '../sqlite-fixture.ts'
import { change, type Image, imageOf, restore } from './indexeddb-image.ts'
import { intercept } from './intercept.ts'
import { checksums, openStoredFiles } from './open-stored-files.ts'
import { useFakeIndexedDb } from './use-fake-indexeddb.ts'

useFakeIndexedDb()

/** A database as it was made, and as its first commit left it. */
async function makeShop(): Promise<{ readonly made: Image; readonly filled: Image }> {
  const files = await openStoredFiles('shop')
  const made = await imageOf('shop')
  const database = openWal(mount(files))
  createItems(database, 100)
  await files.flush()
  database.close()
  return { made, filled: await imageOf('shop') }
}

async function opening(
  name: string,
  image: Image,
  damage: (transaction: IDBTransaction) => unknown,
): Promise<unknown> {
  await restore(name, image)
  await change(name, (transaction) => void damage(transaction))
  return openStoredFiles(name)
}

function valueIn(image: Image, store: string): unknown {
  return image.get(store)?.[0]?.[1]
}

test('a record that is not of the newest commit in the log is refused', async () => {
  const { made, filled } = await makeShop()
  const damages: readonly ((transaction: IDBTransaction) => unknown)[] = [
    (transaction) => transaction.objectStore(META).put(valueIn(made, META), RECORD_KEY),
    (transaction) => transaction.objectStore(LOG).delete(2),
    (transaction) => transaction.objectStore(LOG).put(valueIn(made, LOG), 3),
    (transaction) => transaction.objectStore(LOG).put('text', 'text'),
    (transaction) => transaction.objectStore(LOG).clear(),
  ]
  for (const [index, damage] of damages.entries()) {
    const opened = opening(`damaged ${index}`, filled, damage)
    await expect(opened, `${index}`).rejects.toMatchObject({ code: 'corrupt' })
  }
})

test('a database without its record is not taken for a new one', async () => {
  const { filled } = await makeShop()
  for (const kept of [LOG, EXTENTS]) {
    const opened = opening(`only ${kept}`, filled, (transaction) => {
      for (const store of [META, LOG, EXTENTS]) if (store !== kept) transaction.objectStore(store).clear()
    })
    await expect(opened).rejects.toMatchObject({ code: 'corrupt' })
  }
})

test('an opening does not walk through all that is stored to find the record', async () => {
  const { filled } = await makeShop()
  let walks = 0
  const remove = intercept(IDBObjectStore.prototype, ['count'], (_, { proceed }) => {
    walks++
    return proceed()
  })
  onTestFinished(remove)
  await opening('shop again', filled, () => undefined)
  expect(walks).toBe(0)
})

test.each<readonly [string, object]>([
  ['format', { format: FORMAT + 1 }],
  ['compression', { codec: 'zstd' }],
  ['encryption', { keyId: 'key' }],
])('one of a newer %s is refused as newer, and left as it is', async (_, newer) => {
  const { filled } = await makeShop()
  const record = openSealed(valueIn(filled, META), checksums) as DatabaseRecord
  const opened = opening('newer', filled, (transaction) =>
    transaction.objectStore(META).put(sealText({ ...record, ...newer }, checksums), RECORD_KEY),
  )
  await expect(opened).rejects.toMatchObject({ code: 'format-newer' })
  expect((await imageOf('newer')).get(LOG)?.length).toBe(2)
})
