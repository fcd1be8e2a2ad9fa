import { createDatabase, type Database, type DatabaseOptions, type SyncEvent } from '@datasync/engine'
import { describe, expect, onTestFinished, test } from 'vitest'

interface MortalDatabase {
  readonly db: Database
  readonly events: readonly SyncEvent[]
  /** Ends the worker where it stands. What is asked next starts another. */
  readonly kill: () => void
}

/** What holds of a real page that is hidden, put to sleep or left, whatever its data is kept in. */
export function testHiding(options: DatabaseOptions): void {
  const { storage, bridge = '' } = options

  describe(`under relaxed durability, on ${storage} ${bridge}`, () => {
    test.each([
      ['hidden', hideDocument, stay],
      ['frozen', () => document.dispatchEvent(new Event('freeze')), resumeDocument],
      ['closing', () => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: false })), stay],
    ] as const)('what was committed is stored as the page is %s', async (cause, act, comeBack) => {
      const { db, events, kill } = open(options)
      await db.run("insert into item (text) values ('kept')")
      expect(events).toEqual([])
      act()
      await expect.poll(() => events.map(({ type }) => type)).toEqual(['syncstart', 'syncsuccess'])
      expect(events).toMatchObject([{ cause }, { cause }])
      kill()
      comeBack()
      expect(await db.get('select count(*) as n from item')).toEqual({ n: 1 })
    })

    test('a worker that is lost while the page is put to sleep is replaced as it wakes', async () => {
      const { db, kill } = open(options)
      await db.run("insert into item (text) values ('perhaps')")
      document.dispatchEvent(new Event('freeze'))
      kill()
      resumeDocument()
      const after = await db.get<{ n: number }>('select count(*) as n from item')
      expect([0, 1]).toContain(after?.n)
    })

    test('a drain stores it, and then it survives the loss of the worker', async () => {
      const { db, kill } = open(options)
      await db.batch(
        Array.from({ length: 50 }, () => 'insert into item (text) values (hex(randomblob(500)))'),
      )
      await db.drain()
      expect(await db.metrics()).toMatchObject({ dirtyBlocks: 0, syncsByCause: { drain: 1 } })
      // What comes after it may be lost.
      await db.run("insert into item (text) values ('perhaps')")
      kill()
      const after = await db.get<{ n: number }>('select count(*) as n from item')
      expect([50, 51]).toContain(after?.n)
      expect(await db.get('pragma integrity_check')).toEqual({ integrity_check: 'ok' })
    })

    test('closing stores it, and so does putting the page to sleep', async () => {
      const name = `hiding-${crypto.randomUUID()}`
      const first = open(options, name)
      await first.db.run("insert into item (text) values ('a')")
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
      await expect.poll(() => first.events.at(-1)).toMatchObject({ type: 'syncsuccess', cause: 'frozen' })
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
      await first.db.run("insert into item (text) values ('b')")
      await first.db.close()
      const second = open(options, name)
      expect(await second.db.get('select count(*) as n from item')).toEqual({ n: 2 })
    })

    test('what is read back is what was stored', async () => {
      const { db } = open({ ...options, syncPolicy: { verifyAfterWrite: true } })
      for (let round = 0; round < 3; round++) {
        await db.run('insert into item (text) select hex(randomblob(2000)) from item union all select 1')
        await db.drain()
      }
      const { failedSyncs, checksumFailures = 0 } = await db.metrics()
      expect([failedSyncs, checksumFailures]).toEqual([0, 0])
    })
  })
}

function open(options: DatabaseOptions, name = `hiding-${crypto.randomUUID()}`): MortalDatabase {
  let worker: Worker | undefined
  const settings: DatabaseOptions = {
    durability: 'relaxed',
    syncPolicy: { interval: 600_000 },
    migrations: ['create table item (id integer primary key, text)'],
    worker: () => {
      worker = new Worker(new URL('../../dist/worker.js', import.meta.url), { type: 'module' })
      return worker
    },
    ...options,
  }
  const db = createDatabase(name, settings)
  const events: SyncEvent[] = []
  db.onSync((event) => events.push(event))
  onTestFinished(async () => {
    await db.close()
    await createDatabase(name, settings).delete()
  })
  return {
    db,
    events,
    kill: () => {
      worker?.terminate()
      worker?.dispatchEvent(new Event('error', { cancelable: true }))
    },
  }
}

function stay(): void {}

/** Until then, nothing of a frozen page runs. */
function resumeDocument(): void {
  document.dispatchEvent(new Event('resume'))
}

function hideDocument(): void {
  Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
  Reflect.deleteProperty(document, 'visibilityState')
}
