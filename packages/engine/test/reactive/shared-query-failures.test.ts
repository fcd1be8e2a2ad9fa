import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { LiveStage } from '../support/live-stage.ts'
import type { LiveProbe } from '../support/live-probe.ts'
import type { ProbeOwner } from '../support/probe-owner.ts'

const SCHEMA = `
  create table t (id integer primary key, a);
  create table empty (id integer primary key);
  insert into t values (1, 'x'), (2, 'y');
`
const ALL = 'select id, a from t order by id'
/** Fails for as long as there is such a text in the table. */
const PARSED = 'select id, json(a) as a from t order by id'

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

/** A query that had a result and then failed, and who joins it after that. */
async function joinFailed(): Promise<readonly [first: LiveProbe, joiner: LiveProbe]> {
  await write(`update t set a = '[]'`)
  const first = one.observe(PARSED)
  await stage.settle()
  await write(`insert into t values (3, 'x')`)
  await stage.settle()
  const joiner = other.observe(PARSED)
  await stage.settle()
  return [first, joiner]
}

describe('a query that fails', () => {
  test('is run again for who joins it, and tells the others nothing that they know', async () => {
    const first = one.observe(PARSED)
    await stage.settle()
    expect(first.error?.message).toContain('malformed JSON')

    const joiner = other.observe(PARSED)
    expect(await stage.settle()).toBe(1)

    expect(joiner.error?.message).toBe(first.error?.message)
    expect(joiner.runs).toMatchObject([{ cause: { kind: 'subscribed' }, changed: false }])
    expect(first.runs).toHaveLength(1)
  })

  test('gives the difference to those who have an earlier result, and all of it to the others', async () => {
    const [first, joiner] = await joinFailed()
    expect([first.error?.code, joiner.error?.code]).toEqual(['sql', 'sql'])
    expect([first.rows.length, joiner.rows.length]).toEqual([2, 0])

    await write(`update t set a = '{}' where id = 3`)
    expect(await stage.settle()).toBe(1)

    expect(first.deliveries.at(-1)?.patch.segments).toEqual([0, 2, -1, 1])
    expect(joiner.deliveries.at(-1)?.patch.segments).toEqual([-1, 3])
    for (const { error, rows } of [first, joiner]) {
      expect(error).toBeUndefined()
      expect(rows).toEqual(await stage.query(PARSED))
    }
  })

  test('and comes to its earlier result again says so to all', async () => {
    const [first, joiner] = await joinFailed()

    await write('delete from t where id = 3')
    expect(await stage.settle()).toBe(1)

    expect([first, joiner].map(({ error }) => error)).toEqual([undefined, undefined])
    expect(first.runs.at(-1)?.changed).toBe(false)
    expect(joiner.rows).toEqual(first.rows)
  })

  test('that fails in another way is news to all', async () => {
    const first = one.observe(PARSED)
    await stage.settle()
    await write('alter table t rename to u')
    await stage.settle()
    expect(first.error?.message).toContain('no such table')
    expect(first.runs).toHaveLength(2)
  })

  test('for want of a snapshot stays due, and whoever waits for it hears why', async () => {
    const [changed, same] = [one.observe(ALL), one.observe('select 1 as n')]
    await stage.settle()

    await write('delete from t where id = 1')
    const joiners = [other.observe(ALL), other.observe('select 1 as n'), other.observe('select 2 as n')]
    await stage.settleWithoutSnapshot()

    expect(stage.queries.isDue).toBe(true)
    expect([changed, ...joiners].map(({ error }) => error?.code)).toEqual(Array(4).fill('sql'))
    expect(joiners.map(({ runs }) => runs.length)).toEqual([1, 1, 1])
    expect(same.error).toBeUndefined()

    expect(await stage.settle()).toBe(2)
    for (const { error, sql, rows } of [changed, same, ...joiners]) {
      expect(error).toBeUndefined()
      expect(rows).toEqual(await stage.query(sql))
    }
    expect(same.runs).toHaveLength(1)
    expect(stage.queries.isDue).toBe(false)
  })
})
