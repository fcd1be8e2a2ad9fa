import { beforeEach, describe, expect, test } from 'vitest'
import type { Request } from '../../src/link/protocol.ts'
import { type Call, EngineClient, openClient } from '../support/engine-client.ts'

const CLIENT = 'the guest'
const STATEMENT = {
  parameters: [],
  lane: 'write',
  shape: 'all-rows',
  transaction: undefined,
  timeout: undefined,
} as const

let host: EngineClient
let guests: number

beforeEach(async () => {
  host = await openClient({ schema: 'create table t (id integer primary key, a)' })
  guests = 0
})

/** The session of one tab at this host, and, after that is lost, at the next: what was answered is known to nobody. */
function join(client = CLIENT): EngineClient {
  return new EngineClient(undefined, { of: host, client, index: ++guests })
}

function again(call: Call, id = 1): Request {
  return { id, ...call, again: true }
}

function statement(sql: string): Call {
  return { type: 'statement', payload: { ...STATEMENT, sql } }
}

/** Makes a request once, and again of another host: both outcomes. */
async function askTwice(
  call: Call,
  client = `guest ${guests}`,
): Promise<readonly PromiseSettledResult<unknown>[]> {
  const [first] = await Promise.allSettled(join(client).send(call))
  const [second] = await Promise.allSettled(join(client).resend(again(call)))
  if (first === undefined || second === undefined) throw new Error('There was no answer.')
  return [first, second]
}

async function expectSame(call: Call): Promise<void> {
  const [first, second] = await askTwice(call)
  expect(second).toEqual(first)
}

describe('a write that is asked for again', () => {
  test('is done once, and answered as it was', async () => {
    await expectSame(
      statement(
        "insert into t (a) values (1), (-0.0), (9007199254740993), (x'00ff'), (9e999), ('ä') returning *",
      ),
    )
    expect(await host.value('select count(*) from t')).toBe(6)
    await expectSame(statement('update t set a = a + 1 where id = 1'))
    expect(await host.value('select a from t where id = 1')).toBe(2)
  })

  test('is done where it was not before', async () => {
    const [answer] = join().resend(again(statement('insert into t (a) values (1)')))
    expect(await answer).toMatchObject({ changes: 1, lastInsertRowid: 1 })
  })

  test('fails again where it failed, and can be done by then', async () => {
    const call = statement('insert into t (id) values (1)')
    await host.run('insert into t (id) values (1)')
    const [failed] = await Promise.allSettled(join().send(call))
    expect(failed).toMatchObject({ status: 'rejected', reason: { code: 'constraint' } })
    await host.run('delete from t')
    await Promise.allSettled(join().resend(again(call)))
    expect(await host.value('select count(*) from t')).toBeLessThanOrEqual(1)
  })

  test('keeps what a statement kept that failed', async () => {
    const [first, second] = await askTwice(
      statement('insert or fail into t (id) values (1), (2), (1)'),
      CLIENT,
    )
    expect(first).toMatchObject({ reason: { code: 'constraint' } })
    expect(second).toMatchObject({ reason: { code: 'constraint' } })
    expect(await host.value('select count(*) from t')).toBe(2)
    await host.run('delete from t')
    await Promise.allSettled(
      join().resend(again(statement('insert or fail into t (id) values (1), (2), (1)'))),
    )
    expect(await host.value('select count(*) from t')).toBe(0)
  })

  test('leaves nothing of one that ends its transaction', async () => {
    await askTwice(statement('insert or rollback into t (id) values (1), (1)'))
    expect(await host.value('select count(*) from t')).toBe(0)
  })

  test('is one with its record: undone, there is none', async () => {
    const guest = join()
    const transaction = await guest.begin()
    await guest.run('insert into t (a) values (1)', [], { transaction })
    guest.part()
    const [commit] = join().resend(again({ type: 'commit', payload: { transaction } }, 3))
    await expect(commit).rejects.toMatchObject({ code: 'host-changed' })
    expect(await host.value('select count(*) from t')).toBe(0)
  })

  test('is known of a transaction that was committed', async () => {
    const guest = join()
    const transaction = await guest.begin()
    await guest.run('insert into t (a) values (1)', [], { transaction })
    const commit: Call = { type: 'commit', payload: { transaction } }
    const [committed] = guest.send(commit)
    await committed
    const [known] = join().resend(again(commit, guest.lastRequest))
    expect(await known).toBeNull()
    expect(await host.value('select count(*) from t')).toBe(1)
  })

  test('is known of a batch', async () => {
    const runs = ['insert into t (a) values (1)', 'insert into t (a) values (2) returning a'].map((sql) => ({
      sql,
      parameters: [[]],
    }))
    await expectSame({ type: 'batch', payload: { runs, transaction: undefined, timeout: undefined } })
    expect(await host.value('select count(*) from t')).toBe(2)
  })

  test('may be one that SQLite runs alone', async () => {
    for (const sql of ['/* alone */ vacuum', 'pragma user_version = 3']) {
      const outcomes = await askTwice(statement(sql))
      expect(outcomes).toMatchObject([{ value: { changes: 0 } }, { value: { changes: 0 } }])
    }
    expect(await host.value('pragma user_version')).toBe(3)
  })
})

describe('a script that is asked for again', () => {
  const script = (sql: string): Call => ({
    type: 'script',
    payload: { sql, transaction: undefined, timeout: undefined },
  })

  test.each([
    ['of single statements', 'insert into t (a) values (1); -- ä\n insert into t (a) values (2); /* end */'],
    [
      'with a transaction in it',
      'insert into t (a) values (1); begin; insert into t (a) values (2); commit; ',
    ],
    [
      'that makes tables',
      'create table u (x); insert into u values (1); insert into t (a) select x from u union all select 2',
    ],
  ])('is done once: %s', async (_, sql) => {
    await expectSame(script(sql))
    expect(await host.query('select a from t order by a')).toEqual([{ a: 1 }, { a: 2 }])
  })

  test('goes on where it failed', async () => {
    const call = script(
      'insert into t (a) values (1); insert into missing values (1); insert into t (a) values (2)',
    )
    const [first, second] = await askTwice(call, CLIENT)
    expect(first).toMatchObject({ reason: { code: 'sql' } })
    expect(second).toMatchObject({ reason: { code: 'sql' } })
    await host.exec('create table missing (x)')
    await Promise.all(join().resend(again(call)))
    expect(await host.query('select a from t')).toEqual([{ a: 1 }, { a: 2 }])
  })

  test('repeats a transaction that it has undone', async () => {
    await expectSame(script('begin; insert into t (a) values (1); rollback; insert into t (a) values (2)'))
    expect(await host.query('select a from t')).toEqual([{ a: 2 }])
  })
})

describe('records', () => {
  const count = (): Promise<unknown> => host.value('select count(*) from datasync_outcomes')

  test('are not kept for a page that hosts', async () => {
    await host.run('insert into t (a) values (1)')
    expect(await host.query("select name from sqlite_schema where name like 'datasync%'")).toEqual([])
  })

  test('stay few, however many writes there are', async () => {
    const guest = join()
    for (let a = 0; a < 300; a++) await guest.run('insert into t (a) values (?)', [a])
    expect(await count()).toBeLessThanOrEqual(65)
  })

  test('stay as long as there is no answer', async () => {
    const guest = join()
    const writes = Array.from({ length: 200 }, () => statement('insert into t (a) values (1)'))
    await Promise.all(guest.send(...writes))
    await Promise.all(join().resend(...writes.map((call, index) => again(call, index + 1))))
    expect(await host.value('select count(*) from t')).toBe(200)
  })

  test('go with the tab, and change nothing that others are told of', async () => {
    const probe = await host.observe('select count(*) from t')
    const guest = join()
    await guest.run('insert into t (a) values (1)')
    expect(await count()).toBe(1)
    guest.part()
    await expect.poll(count).toBe(0)
    expect(
      host.changes.map(({ everything, changes }) => [everything, changes.map(({ table }) => table)]),
    ).toEqual([
      [true, []],
      [false, ['t']],
    ])
    expect(probe.deliveries).toHaveLength(2)
  })
})
