import { createDatabase, type Database, type DatabaseOptions, type DataSyncError } from '@datasync/engine'
import { describe, expect, onTestFinished, test } from 'vitest'

const ENDLESS = 'with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n'
const SCHEMA =
  "create table todo (id integer primary key, title text); insert into todo (title) values ('milk')"

/** A database on disk that is gone after the test. */
function createStored(name: string, options: DatabaseOptions = {}): Database {
  const db = createDatabase(name, { migrations: [SCHEMA], ...options })
  onTestFinished(async () => {
    const last = createDatabase(name, { migrations: [SCHEMA], ...options })
    await last.delete().catch(() => last.close())
  })
  return db
}

function uniqueName(): string {
  return `page-${crypto.randomUUID()}`
}

describe('in a browser', () => {
  test('the worker of this package opens the database on disk, and finds it again', async () => {
    const name = uniqueName()
    const db = createStored(name)
    const statuses: string[] = []
    db.status.subscribe(() => statuses.push(db.status.getSnapshot().phase))
    await db.run("insert into todo (title) values ('bread')")
    expect(statuses).toEqual(expect.arrayContaining(['opening', 'open']))
    expect(db.status.getSnapshot()).toMatchObject({
      phase: 'open',
      storage: { backend: 'opfs', durable: true },
    })
    await db.close()

    const again = createDatabase(name, { migrations: [SCHEMA] })
    expect(await again.query('select title from todo')).toEqual([{ title: 'milk' }, { title: 'bread' }])
    await again.delete()

    const anew = createDatabase(name, { migrations: [SCHEMA] })
    expect(await anew.query('select title from todo')).toEqual([{ title: 'milk' }])
    await anew.close()
  })

  test('a new version of the app migrates what an old one left, which the old one then leaves alone', async () => {
    const name = uniqueName()
    const old = createStored(name)
    await old.ready
    await old.close()

    const migrations = [SCHEMA, 'alter table todo add column note text']
    const newer = createDatabase(name, { migrations })
    expect(await newer.query('select * from todo')).toEqual([{ id: 1, title: 'milk', note: null }])
    await newer.close()

    const older = createDatabase(name, { migrations: [SCHEMA] })
    await expect(older.query('select 1')).rejects.toMatchObject({ code: 'schema-newer' })
    await older.close()
  })

  test('a worker whose script is missing is told as such, and does no harm to the next', async () => {
    let attempts = 0
    const db = createStored(uniqueName(), {
      worker: () => {
        attempts += 1
        const url = attempts === 1 ? '/missing/worker.js' : new URL('../../dist/worker.js', import.meta.url)
        return new Worker(url, { type: 'module' })
      },
    })

    await expect(db.query('select 1')).rejects.toMatchObject({ code: 'worker-failed' })
    expect(await db.query('select title from todo')).toEqual([{ title: 'milk' }])
  })

  test('an endless statement is ended by its signal, and what was kept on disk is still there', async () => {
    const db = createStored(uniqueName())
    const observer = db.observe('select title from todo')
    observer.subscribe(() => undefined)
    await observer.load()
    const { data } = observer.getSnapshot()
    const statuses: string[] = []
    observer.subscribe(() => statuses.push(observer.getSnapshot().status))
    const controller = new AbortController()
    const endless = db.query(ENDLESS, [], { signal: controller.signal })
    const behind = db.query('select 1 as one')

    controller.abort('enough')

    await expect(endless).rejects.toMatchObject({ code: 'aborted', cause: 'enough' })
    await expect(behind).resolves.toEqual([{ one: 1 }])
    await expect.poll(() => observer.getSnapshot().isFetching).toBe(false)
    expect(observer.getSnapshot().data).toBe(data)
    expect(statuses).not.toContain('error')
  })

  test('a page that is put to sleep lets go of the files, and goes on when it is woken', async () => {
    const name = uniqueName()
    const db = createStored(name)
    const observer = db.observe<{ readonly title: string }>('select title from todo')
    observer.subscribe(() => undefined)
    await observer.load()

    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    expect(db.status.getSnapshot().phase).toBe('suspended')
    const waiting = db.run("insert into todo (title) values ('waited')")
    const late = db.observe('select count(*) as n from todo')
    late.subscribe(() => undefined)
    // The lock that goes with the files is given back: another page can have the database.
    await navigator.locks.request(`datasync:${name}`, () => undefined)
    expect(titlesOf(observer.getSnapshot().data)).toEqual(['milk'])

    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    await waiting

    expect(db.status.getSnapshot().phase).toBe('open')
    expect(titlesOf(observer.getSnapshot().data)).toEqual(['milk', 'waited'])
    await late.load()
    expect(late.getSnapshot()).toMatchObject({ status: 'success', data: [{ n: 2 }] })
  })

  test('a page that is left for good is not put to sleep', async () => {
    const db = createStored(uniqueName())
    await db.ready

    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: false }))
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }))

    expect(db.status.getSnapshot().phase).toBe('open')
    await expect(db.query('select 1')).resolves.toHaveLength(1)
  })

  test('a file that is no database any more is told as such, and can be deleted', async () => {
    const name = uniqueName()
    const db = createStored(name)
    await db.ready
    await db.close()
    await overwriteDatabase(name, new TextEncoder().encode('no database'.repeat(1000)))

    const broken = createStored(name)
    await expect(broken.ready).rejects.toMatchObject({ code: 'not-a-database' })
    await expect(broken.query('select 1')).rejects.toMatchObject({ code: 'not-a-database' })
    expect(broken.status.getSnapshot()).toMatchObject({ phase: 'failed', error: { code: 'not-a-database' } })
    await broken.delete()

    const anew = createStored(name)
    expect(await anew.query('select title from todo')).toEqual([{ title: 'milk' }])
  })

  test('a large import from a file can be exported again, byte for byte in its content', async () => {
    const source = createStored(uniqueName())
    await source.exec('create table bytes (data)')
    await source.run(
      'with recursive n(i) as (select 1 union all select i + 1 from n limit 50) insert into bytes select randomblob(100000) from n',
    )
    const file = await source.export()
    const db = createStored(uniqueName())

    await db.import(file)

    const sum =
      'select count(*) as n, sum(length(data)) as size, min(hex(substr(data, 1, 8))) as head from bytes'
    expect(await db.get(sum)).toEqual(await source.get(sum))
  })

  test('a database that is open where it cannot be shared is told as such', async () => {
    const name = uniqueName()
    const channel = new BroadcastChannel(`datasync:${name}`)
    channel.addEventListener('message', () => channel.postMessage({ kind: 'occupied' }))
    onTestFinished(() => channel.close())
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => {
      void navigator.locks.request(`datasync:${name}`, () => {
        resolve()
        return new Promise<void>((end) => {
          release = end
        })
      })
    })
    await held
    const db = createStored(name)

    const outcome: DataSyncError = await db.ready.then(
      () => expect.unreachable(),
      (error: DataSyncError) => error,
    )
    expect(outcome).toMatchObject({ code: 'database-in-use' })
    await expect(db.delete()).rejects.toMatchObject({ code: 'database-in-use' })

    release()
    channel.close()
    expect(await db.query('select title from todo')).toEqual([{ title: 'milk' }])
  })
})

async function overwriteDatabase(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const root = await navigator.storage.getDirectory()
  const databases = await root.getDirectoryHandle('datasync')
  const folder = await databases.getDirectoryHandle(name.replaceAll('-', '%2d'))
  const file = await folder.getFileHandle('database.sqlite3')
  const stream = await file.createWritable()
  await stream.write(bytes)
  await stream.close()
}

function titlesOf(rows: readonly { readonly title: string }[] | undefined): readonly string[] | undefined {
  return rows?.map(({ title }) => title)
}
