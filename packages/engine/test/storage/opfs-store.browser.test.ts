import { afterEach, expect, test } from 'vitest'
import { server } from 'vitest/browser'
import { databaseFolder } from '../../src/worker/storage/database-folder.ts'
import { hasOpfsFolder, isInFiles, setOpfsMark } from '../../src/worker/storage/opfs-home.ts'
import { testOpfs } from '../../src/worker/storage/test-opfs.ts'
import { nastyNames } from './nasty-names.ts'
import { OpfsClient } from './opfs-client.ts'

/** Fewer in Firefox, where a worker with a database takes a fifth of a second to start. */
const KILLS = server.browser === 'chromium' ? 40 : 20

const clients: OpfsClient[] = []
let names = 0

afterEach(() => {
  for (const client of clients.splice(0)) client.terminate()
})

function newClient(): OpfsClient {
  const client = new OpfsClient()
  clients.push(client)
  return client
}

function newName(): string {
  return `test-${Date.now()}-${++names}`
}

async function entriesOf(...path: readonly string[]): Promise<readonly string[]> {
  let directory = await navigator.storage.getDirectory()
  for (const name of path) directory = await directory.getDirectoryHandle(name)
  const entries: string[] = []
  for await (const name of directory.keys()) entries.push(name)
  return entries.toSorted()
}

test('a file answers like plain bytes', { timeout: 60_000 }, async () => {
  await expect(newClient().call('checkModel', newName(), 150)).resolves.toBeUndefined()
})

test('pages that follow one another are asked of the browser many at a time', async () => {
  // The first by itself: only with the second they follow one another.
  expect(await newClient().call('countReads', newName(), 1 + 4 * 16)).toBe(5)
})

test('databases are told apart by their names, and found again by another worker', async () => {
  const prefixed = nastyNames.map((name) => ({ name, content: `content of ${JSON.stringify(name)}` }))
  const writer = newClient()
  for (const { name, content } of prefixed) await writer.call('write', name, content)
  for (const { name } of prefixed) await writer.call('close', name)

  const reader = newClient()
  for (const { name, content } of prefixed) expect(await reader.call('read', name)).toBe(content)
  for (const { name } of prefixed) {
    const folder = await databaseFolder(name)
    expect(await entriesOf('datasync', folder)).toEqual([
      'database.sqlite3',
      'database.sqlite3-journal',
      'database.sqlite3-wal',
      'incoming.sqlite3',
      'witness',
    ])
    await reader.call('delete', name)
    expect(await entriesOf('datasync')).not.toContain(folder)
  }
})

test('opening twice gives the same files, closing twice is harmless', async () => {
  const [client, name] = [newClient(), newName()]
  expect(await client.call('opensOnce', name)).toBe(true)
  await client.call('close', name)
  await client.call('close', name)
  await newClient().call('open', name)
})

test('a database that another worker holds is in use, and comes free when it is closed', async () => {
  const [holder, other, name] = [newClient(), newClient(), newName()]
  await holder.call('write', name, 'kept')
  const failure = { code: 'database-in-use', cause: 'NoModificationAllowedError' }
  await expect(other.call('open', name)).rejects.toMatchObject(failure)
  // Nor can it be deleted from there, in whole or in part.
  await expect(other.call('delete', name)).rejects.toMatchObject(failure)
  expect(await holder.call('read', name)).toBe('kept')
  await holder.call('close', name)
  expect(await other.call('read', name)).toBe('kept')
})

test('a database is waited for while the worker that holds it goes away', async () => {
  const [holder, other, name] = [newClient(), newClient(), newName()]
  await holder.call('write', name, 'kept')
  const read = other.call('read', name)
  holder.terminate()
  expect(await read).toBe('kept')
})

test('if one of the files cannot be opened, the others are let go', async () => {
  const [holder, other, third, name] = [newClient(), newClient(), newClient(), newName()]
  await holder.call('write', name, 'kept')
  await holder.call('close', name)
  const folder = await databaseFolder(name)
  await holder.call('holdFile', 'datasync', folder, 'database.sqlite3-journal')
  await expect(other.call('open', name)).rejects.toMatchObject({ code: 'database-in-use' })
  for (const file of ['database.sqlite3', 'database.sqlite3-wal', 'incoming.sqlite3']) {
    await third.call('holdFile', 'datasync', folder, file)
  }
})

test('a deleted database is gone, and its name is free', async () => {
  const [client, name] = [newClient(), newName()]
  await client.call('write', name, 'old')
  await client.call('delete', name)
  await client.call('delete', name)
  expect(await entriesOf('datasync')).not.toContain(await databaseFolder(name))
  expect(await client.call('read', name)).toBe('')
})

test('a deletion that fails lets go of all files', async () => {
  const [client, other, name] = [newClient(), newClient(), newName()]
  await client.call('write', name, 'kept')
  await expect(client.call('deleteUntruncated', name)).rejects.toMatchObject({ code: 'storage-unavailable' })
  expect(await other.call('read', name)).toBe('kept')
})

test('files that were superseded are never the database again, wherever their removal is cut short', async () => {
  const client = newClient()
  let most = 0
  for (let isCut = true; isCut; most++) {
    const name = newName()
    const folder = await databaseFolder(name)
    await client.call('write', name, 'old')
    await client.call('close', name)
    await setOpfsMark(folder, 'superseded')
    isCut = await client.call('deleteInPart', name, most).then(
      () => false,
      () => true,
    )
    expect(await isInFiles(folder), `after ${most} removals`).toBe(false)
    await client.call('delete', name)
    expect(await hasOpfsFolder(folder)).toBe(false)
  }
  expect(most).toBeGreaterThan(6)
})

test('what cannot be a name is refused', async () => {
  const client = newClient()
  for (const name of ['', '\ud800']) {
    await expect(client.call('open', name)).rejects.toMatchObject({ code: 'invalid-name' })
    await expect(client.call('delete', name)).rejects.toMatchObject({ code: 'invalid-name' })
  }
})

test('the test of the storage passes in a worker, fails where it must, and leaves nothing behind', async () => {
  await newClient().call('testOpfs')
  // Windows have no synchronous access.
  await expect(testOpfs()).rejects.toMatchObject({ code: 'storage-unavailable' })
  expect((await entriesOf()).filter((name) => name.startsWith('datasync-probe'))).toEqual([])
})

test('SQLite finds in another worker what it committed in one', async () => {
  const [first, second, name] = [newClient(), newClient(), newName()]
  await first.call('openDatabase', name)
  expect(await first.call('exec', "insert into item values (1, 'a'), (2, 'b')")).toBe(true)
  await first.call('closeDatabase', name)
  await second.call('openDatabase', name)
  expect(await second.call('select', 'select text from item order by n')).toEqual(['a', 'b'])
  expect(await second.call('select', 'pragma integrity_check')).toEqual(['ok'])
})

test('what was acknowledged is there after the worker died at any moment', { timeout: 300_000 }, async () => {
  const name = newName()
  let acknowledged = 0
  for (let round = 0; round < KILLS + 4; round++) {
    const client = newClient()
    await client.call('openDatabase', name)
    expect(await client.call('select', 'pragma integrity_check')).toEqual(['ok'])
    const [newest] = await client.call('select', 'select coalesce(max(n), 0) from item')
    expect(Number(newest)).toBeGreaterThanOrEqual(acknowledged)
    void client.call('commitForEver', round >= KILLS)
    await client.acknowledgements(1 + (round % 10))
    acknowledged = client.acknowledged
    client.terminate()
  }
  expect(acknowledged).toBeGreaterThan(KILLS)
})
