import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { SqlValue } from '../../../src/values.ts'
import { WindowPlans } from '../../../src/worker/reactive/windows/window-plans.ts'
import { WindowText } from '../../../src/worker/reactive/windows/window-text.ts'
import { runTask } from '../../../src/worker/task.ts'
import { LiveStage } from '../../support/live-stage.ts'
import type { ProbeOwner } from '../../support/probe-owner.ts'

const SCHEMA = `
  create table entry (id integer primary key, log integer not null, at integer not null, note text);
  create index by_time on entry (log, at);
  create index by_note on entry (note);
  with recursive n(i) as (select 1 union all select i + 1 from n where i < 30)
    insert into entry select i, i % 2, i * 10, 'note ' || i from n;
`
const OF_LOG = 'select id from entry where log = ? order by at desc'
const FIRST = { edge: undefined, rows: 2 }
const NEXT = { to: 'next', rows: 2, most: 2 } as const
const PREVIOUS = { to: 'previous', rows: 2, most: 2 } as const

let stage: LiveStage
let one: ProbeOwner
let other: ProbeOwner

beforeEach(async () => {
  stage = await LiveStage.open(SCHEMA)
  onTestFinished(() => stage.close())
  one = stage.owner()
  other = stage.owner()
})

describe('a window', () => {
  test('is asked for anew as it was told, and is the same, with the move that is under way', async () => {
    const probe = one.observe(OF_LOG, [0], FIRST)
    await stage.settle()
    one.move(probe, NEXT)
    await stage.settle()
    expect(probe.rows).toEqual([{ id: 26 }, { id: 24 }, { id: 22 }])

    one.leave()
    await stage.exec('insert into entry values (100, 0, 1000, null); delete from entry where id = 26')

    const next = other.observe(OF_LOG, [0], probe.window)
    other.move(next, PREVIOUS)
    await stage.settle()

    expect(next.rows).toEqual([{ id: 30 }, { id: 28 }, { id: 24 }])
    expect(other.pendingMoves).toBe(0)
  })

  test('that two show at one place is run once, and each moves on alone', async () => {
    const probes = [one.observe(OF_LOG, [0], FIRST), other.observe(OF_LOG, [0], FIRST)] as const
    expect(await stage.settle()).toBe(1)
    one.move(probes[0], NEXT)
    expect(await stage.settle()).toBe(1)
    expect(probes[0].rows[0]).toEqual({ id: 26 })
    expect(probes[1].deliveries).toHaveLength(1)

    other.move(probes[1], NEXT)
    expect(await stage.settle()).toBe(0)
    expect(probes[1].rows).toEqual(probes[0].rows)
    await stage.exec('delete from entry where id = 24')
    expect(await stage.settle()).toBe(1)
    for (const { rows } of probes) expect(rows).toEqual([{ id: 26 }, { id: 22 }, { id: 20 }])
  })

  test('sends no row that was shown when it moves, and none that changes out of sight', async () => {
    const probe = one.observe(OF_LOG, [0], FIRST)
    await stage.settle()
    one.move(probe, { ...NEXT, most: Infinity })
    await stage.settle()
    expect(probe.deliveries.at(-1)?.patch.segments).toEqual([0, 3, -1, 2])

    await stage.exec('insert into entry values (100, 0, 1, null), (101, 1, 1, null)')
    await stage.settle()
    expect(probe.deliveries).toHaveLength(2)
  })

  test('is not run for rows above it, where it sorts by numbers', async () => {
    const probe = one.observe(OF_LOG, [0], FIRST)
    await stage.settle()
    one.move(probe, NEXT)
    await stage.settle()
    stage.database.writer.watchRows(stage.queries.watches)

    await stage.exec(`insert into entry values (100, 0, 1000, null); delete from entry where id = 28`)
    expect(await stage.settle()).toBe(0)
    expect(stage.queries.explain(one, probe.live)).toMatchObject({
      tables: [{ conditions: ['log = 0', 'at <= 260'] }],
      shifts: undefined,
    })
  })

  test('leaves nothing behind when it ends, even in the middle of a move', async () => {
    const probe = one.observe(OF_LOG, [0], FIRST)
    await stage.settle()
    one.move(probe, NEXT)
    one.unobserve(probe)
    expect(one.pendingMoves).toBe(0)
    expect(await stage.settle()).toBe(0)
    await stage.exec('delete from entry')
    expect(await stage.settle()).toBe(0)
    expect(stage.queries.watches.size).toBe(0)
  })
})

describe('a move', () => {
  test('that finds no snapshot is answered with the error, and can be asked for again', async () => {
    const probe = one.observe(OF_LOG, [0], FIRST)
    await stage.settle()
    one.move(probe, NEXT)
    await stage.settleWithoutSnapshot()
    expect(one.pendingMoves).toBe(0)
    expect(probe.error).toBeDefined()

    await stage.settle()
    expect(probe).toMatchObject({ error: undefined, window: FIRST })
    one.move(probe, NEXT)
    await stage.settle()
    expect(probe.rows[0]).toEqual({ id: 26 })
  })

  test('that fails is not made, and nobody else hears of it', async () => {
    const [probe, beside] = [one.observe(OF_LOG, [0], FIRST), other.observe(OF_LOG, [0], FIRST)]
    await stage.settle()
    // As a damaged page can do, which the window itself does not read.
    const edge = vi
      .spyOn(WindowText.prototype, 'edgeAfter')
      .mockReturnValue({ sql: 'select nothing', more: [] })
    onTestFinished(() => edge.mockRestore())

    one.move(probe, NEXT)
    await stage.settle()
    expect(one.pendingMoves).toBe(0)
    expect(probe).toMatchObject({ error: { code: 'sql' }, window: FIRST })
    expect(beside.runs).toHaveLength(1)

    edge.mockRestore()
    one.move(probe, NEXT)
    await stage.settle()
    expect(probe).toMatchObject({ error: undefined, rows: [{ id: 26 }, { id: 24 }, { id: 22 }] })
  })

  test('to where there is nothing is none', async () => {
    const probe = one.observe(OF_LOG, [5], FIRST)
    await stage.settle()
    one.move(probe, NEXT)
    one.move(probe, PREVIOUS)
    await stage.settle()
    expect(one.pendingMoves).toBe(0)
    expect(probe).toMatchObject({ rows: [], window: FIRST })
  })

  test('of what has no window, or has ended, is answered', async () => {
    const probe = one.observe(OF_LOG, [0])
    one.move(probe, NEXT)
    one.unobserve(probe)
    one.move(probe, NEXT)
    expect(one.pendingMoves).toBe(0)
  })
})

describe('SQLite begins at the edge', () => {
  test.for<readonly [sql: string, edge: readonly SqlValue[], plan: string]>([
    [OF_LOG, [100, 10], 'SEARCH entry USING COVERING INDEX by_time (log=? AND at<?)'],
    ['select * from entry order by id', [7, 7], 'SEARCH entry USING INTEGER PRIMARY KEY (rowid>?)'],
    ['select * from entry', [7], 'SEARCH entry USING INTEGER PRIMARY KEY (rowid>?)'],
    ['select * from entry order by note', ['note 7', 7], 'SEARCH entry USING INDEX by_note (note>?)'],
    [
      'select * from entry order by log desc, at desc',
      [1, 90, 9],
      'SEARCH entry USING INDEX by_time (log<?)',
    ],
  ])('of %s', async ([sql, edge, plan]) => {
    const { connection, catalog } = await runTask(stage.database.live())
    const text = await runTask(new WindowPlans().of(sql, connection, catalog))
    if (typeof text === 'string') throw new Error(`It has no plan: ${text}`)

    const explained = await runTask(connection.ask(`explain query plan ${text.rowsFrom(edge, 3).sql}`))

    expect(explained.map(([, , , detail]) => detail)).toEqual([plan])
  })
})
