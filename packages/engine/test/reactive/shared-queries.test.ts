import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { LiveStage } from '../support/live-stage.ts'
import type { ProbeOwner } from '../support/probe-owner.ts'

const SCHEMA = `
  create table t (id integer primary key, a);
  create table empty (id integer primary key);
  insert into t values (1, 'x'), (2, 'y');
`
const ALL = 'select id, a from t order by id'
const BY_ID = 'select a from t where id = ?'

let stage: LiveStage
let one: ProbeOwner
let other: ProbeOwner

beforeEach(async () => {
  stage = await LiveStage.open(SCHEMA)
  onTestFinished(() => stage.close())
  one = stage.owner()
  other = stage.owner()
})

async function write(script: string): Promise<void> {
  await stage.exec(script)
}

describe('what is asked twice', () => {
  test('is run once for two owners, and once more for a commit', async () => {
    const probes = [one.observe(ALL), other.observe(ALL)]
    expect(await stage.settle()).toBe(1)
    for (const { rows } of probes) expect(rows).toEqual(await stage.query(ALL))

    await write('update t set a = 1 where id = 1')
    expect(await stage.settle()).toBe(1)

    for (const { rows, runs } of probes) {
      expect(rows).toEqual(await stage.query(ALL))
      expect(runs.map(({ cause }) => cause.kind)).toEqual(['subscribed', 'changed'])
    }
  })

  test('is run once for two subscriptions of one owner', async () => {
    const probes = [one.observe(ALL), one.observe(ALL)]
    expect(await stage.settle()).toBe(1)
    await write('delete from t where id = 1')
    expect(await stage.settle()).toBe(1)
    for (const { rows } of probes) expect(rows).toEqual([{ id: 2, a: 'y' }])
  })

  test('has equal parameters: by value, type, and the content of bytes', async () => {
    const alike = [new Uint8Array([1, 2]), new Uint8Array([1, 2])]
    for (const owner of [one, other]) {
      for (const value of [...alike, 1, 1n, '1', true, -0, 0, new Uint8Array([1])])
        owner.observe(BY_ID, [value])
      owner.observe('select :a, :b', { a: 1, b: 2 })
      owner.observe('select :a, :b', { b: 2, a: 1 })
    }

    expect(await stage.settle()).toBe(9)
  })
})

describe('who joins a query that others have', () => {
  test('gets its result without a run, and the others hear nothing', async () => {
    const first = one.observe(ALL)
    one.isInspecting = true
    await stage.settle()

    const joiner = other.observe(ALL)
    expect(stage.queries.isDue).toBe(true)
    expect(await stage.settle()).toBe(0)

    expect(stage.queries.isDue).toBe(false)
    expect(joiner.rows).toEqual(await stage.query(ALL))
    expect(joiner.deliveries[0]?.patch.segments).toEqual([-1, 2])
    expect(joiner.runs).toEqual([
      { cause: { kind: 'subscribed' }, durationMs: 0, rowCount: 2, rowsRead: 0, changed: true },
    ])
    expect(first.runs).toHaveLength(1)
  })

  test('gets an empty result too', async () => {
    one.observe('select * from empty')
    await stage.settle()
    const joiner = other.observe('select * from empty')
    expect(await stage.settle()).toBe(0)
    expect(joiner.deliveries).toMatchObject([{ rows: [], patch: { segments: [] } }])
    expect(joiner.runs).toMatchObject([{ cause: { kind: 'subscribed' }, rowCount: 0, changed: true }])
  })

  test('as it is due gets the whole new result, and the others the difference', async () => {
    const first = one.observe(ALL)
    await stage.settle()

    await write('insert into t values (3, null)')
    const joiner = other.observe(ALL)
    expect(await stage.settle()).toBe(1)

    expect(joiner.deliveries.map(({ patch }) => patch.segments)).toEqual([[-1, 3]])
    expect(first.deliveries.at(-1)?.patch.segments).toEqual([0, 2, -1, 1])
    expect(joiner.rows).toEqual(first.rows)
    expect([joiner, first].map(({ runs }) => runs.at(-1)?.cause.kind)).toEqual(['subscribed', 'changed'])
  })

  test('as it is due, and stays the same, is the only one to get news', async () => {
    const first = one.observe('select count(*) as n from t')
    await stage.settle()

    await write(`insert into t values (3, null); delete from t where id = 3`)
    const joiner = other.observe('select count(*) as n from t')
    expect(await stage.settle()).toBe(1)

    expect(joiner.rows).toEqual([{ n: 2 }])
    expect(first.runs).toHaveLength(1)
  })

  test('steps on with the others from there', async () => {
    const first = one.observe(ALL)
    await stage.settle()
    const joiner = other.observe(ALL)
    await stage.settle()
    await write('delete from t where id = 1')
    expect(await stage.settle()).toBe(1)
    expect(joiner.deliveries.at(-1)?.patch).toEqual(first.deliveries.at(-1)?.patch)
    expect(joiner.rows).toEqual([{ id: 2, a: 'y' }])
  })

  test('has it run again where its result is of another schema', async () => {
    one.observe(ALL)
    await stage.settle()
    stage.database.invalidateCatalogs()
    const joiner = other.observe(ALL)
    expect(await stage.settle()).toBe(1)
    expect(joiner.rows).toEqual(await stage.query(ALL))
  })
})

describe('who asks for a run', () => {
  test('gets news of it in any case, the others only if something changed', async () => {
    const [asking, quiet, inspecting] = [one.observe(ALL), other.observe(ALL), stage.owner()]
    inspecting.isInspecting = true
    const inspected = inspecting.observe(ALL)
    await stage.settle()

    one.refetch(asking)
    expect(await stage.settle()).toBe(1)

    for (const { runs } of [asking, inspected]) {
      expect(runs.at(-1)).toMatchObject({ cause: { kind: 'refetched' }, changed: false })
      expect(runs).toHaveLength(2)
    }
    expect(quiet.runs).toHaveLength(1)
  })

  test('brings the others what it found', async () => {
    const [asking, quiet] = [one.observe('select random() as r'), other.observe('select random() as r')]
    await stage.settle()
    one.refetch(asking)
    expect(await stage.settle()).toBe(1)
    expect(quiet.rows).toEqual(asking.rows)
    expect(quiet.runs).toMatchObject([{}, { cause: { kind: 'refetched' }, changed: true }])
  })

  test('together with another who joins, has one run for both', async () => {
    const asking = one.observe(ALL)
    await stage.settle()
    one.refetch(asking)
    const joiner = other.observe(ALL)
    expect(await stage.settle()).toBe(1)
    expect([asking, joiner].map(({ runs }) => runs.at(-1)?.cause.kind)).toEqual(['refetched', 'subscribed'])
  })

  test('as it joins has one, and its first news is of that', async () => {
    const first = one.observe('select random() as r')
    await stage.settle()
    const joiner = other.observe('select random() as r')
    other.refetch(joiner)
    expect(await stage.settle()).toBe(1)
    expect(joiner.runs).toMatchObject([{ cause: { kind: 'subscribed' } }])
    expect(first.rows).toEqual(joiner.rows)
    expect(first.deliveries).toHaveLength(2)
  })

  test('together with a commit hears of what was asked, and the others of the commit', async () => {
    const [asking, quiet] = [one.observe(ALL), other.observe(ALL)]
    await stage.settle()
    one.refetch(asking)
    await write('delete from t where id = 1')
    expect(await stage.settle()).toBe(1)
    expect([asking, quiet].map(({ runs }) => runs.at(-1)?.cause.kind)).toEqual(['refetched', 'changed'])
    expect(quiet.rows).toEqual(asking.rows)
  })

  test('and leaves before it has none', async () => {
    const asking = one.observe(ALL)
    other.observe(ALL)
    await stage.settle()
    one.refetch(asking)
    one.unobserve(asking)
    expect(stage.queries.isDue).toBe(false)
  })
})

describe('who leaves', () => {
  test('hears nothing more, while another goes on', async () => {
    const leaving = one.observe(ALL)
    const staying = other.observe(ALL)
    await stage.settle()
    one.unobserve(leaving)

    await write('delete from t where id = 1')
    expect(await stage.settle()).toBe(1)

    expect(staying.rows).toEqual([{ id: 2, a: 'y' }])
    expect(leaving.rows).toHaveLength(2)
  })

  test('as the last one ends the query: no commit runs it, and who asks again has it run anew', async () => {
    const probes = [one.observe(ALL), other.observe(ALL)] as const
    await stage.settle()
    one.unobserve(probes[0])
    other.unobserve(probes[1])

    await write('delete from t where id = 1')
    expect(await stage.settle()).toBe(0)
    const again = one.observe(ALL)
    expect(await stage.settle()).toBe(1)
    expect(again.rows).toEqual([{ id: 2, a: 'y' }])
  })

  test('before it was run at all asks for nothing', async () => {
    one.unobserve(one.observe(ALL))
    expect(stage.queries.isDue).toBe(false)
  })

  test('with all that it has leaves what others have too', async () => {
    const shared = other.observe(ALL)
    one.observe(ALL)
    one.observe(BY_ID, [1])
    one.observe(BY_ID, [2])
    await stage.settle()
    one.observe('select 1 as n')

    one.leave()

    expect(stage.queries.isDue).toBe(false)
    await write(`update t set a = 'z'`)
    expect(await stage.settle()).toBe(1)
    expect(shared.rows).toEqual(await stage.query(ALL))
    one.leave()
    stage.owner().leave()
  })
})
