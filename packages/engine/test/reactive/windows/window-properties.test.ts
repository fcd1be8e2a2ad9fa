import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toRows } from '../../../src/link/column-block.ts'
import type { ColumnBlock } from '../../../src/link/protocol.ts'
import type { WindowEdge, WindowMove, WindowState } from '../../../src/link/window-protocol.ts'
import type { SqlParameters, SqlRow, SqlValue } from '../../../src/values.ts'
import { compareRows } from '../../../src/worker/reactive/incremental/row-order.ts'
import { runTask } from '../../../src/worker/task.ts'
import { extent } from '../../support/extent.ts'
import type { LiveProbe } from '../../support/live-probe.ts'
import { LiveStage } from '../../support/live-stage.ts'
import {
  PAGED_SCHEMA,
  pagedStatement,
  pagedWrite,
  shiftingStatement,
  type PagedStatement,
} from './paged-statements.ts'

const MINUTE = 60_000
const FIRST: WindowState = { edge: undefined, rows: 3 }

const move: fc.Arbitrary<WindowMove> = fc.record({
  to: fc.constantFrom('next', 'previous'),
  rows: fc.constantFrom(1, 3),
  most: fc.constantFrom(3, 6, Infinity),
})
const step = fc.oneof({ weight: 2, arbitrary: pagedWrite }, { weight: 1, arbitrary: move })
/** Some of each turn's, before anything is told. */
const turns = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 3, maxLength: 12 })
const seeds = fc.array(pagedWrite, { minLength: 10, maxLength: 40 })

test(
  'a window shows the rows from its edge on after whatever is written, wherever it moves',
  async () => {
    const property = fc.asyncProperty(pagedStatement, seeds, turns, async (statement, seed, played) => {
      await onStage(seed, async (stage) => {
        const owner = stage.owner()
        const probe = owner.observe(statement.sql, given(statement.sql), FIRST)
        await settle(stage)
        expect(stage.queries.explain(owner, probe.live).shifts).toBeUndefined()
        for (const turn of played) {
          const before = probe.window ?? FIRST
          for (const each of turn) {
            if (isMove(each)) owner.move(probe, each)
            else await runTask(stage.database.writer.run({ sql: each[0], parameters: each[1] }, 'no-rows'))
          }
          await settle(stage)
          expect(owner.pendingMoves).toBe(0)
          const all = await ordered(stage, statement)
          expectWindow(probe, all, statement)
          const moves = turn.filter(isMove)
          if (moves.length === 1) expectMoved(before, probe.window ?? FIRST, moves[0], all, statement)
        }
      })
    })
    await fc.assert(property, { ...extent(300, { normal: 40, long: 900 }), timeout: MINUTE })
  },
  60 * MINUTE,
)

test(
  'all pages, one after another, are the whole result in its order',
  async () => {
    const property = fc.asyncProperty(pagedStatement, seeds, async (statement, seed) => {
      await onStage(seed, async (stage) => {
        const owner = stage.owner()
        const probe = owner.observe(statement.sql, given(statement.sql), FIRST)
        await settle(stage)
        const walked: SqlRow[] = [...probe.rows.slice(0, 3)]
        while (probe.rows.length > 3) {
          owner.move(probe, { to: 'next', rows: 3, most: 3 })
          await settle(stage)
          walked.push(...probe.rows.slice(0, 3))
        }
        const all = await ordered(stage, statement)
        expect(walked).toEqual(shownRows(all, statement))

        for (let pages = Math.ceil(walked.length / 3); pages > 1; pages--) {
          expect(probe.window?.edge).toBeDefined()
          owner.move(probe, { to: 'previous', rows: 3, most: 3 })
          await settle(stage)
        }
        expect(probe.window).toEqual(FIRST)
        expect(probe.rows).toEqual(walked.slice(0, 4))
      })
    })
    await fc.assert(property, { ...extent(150, { normal: 20, long: 300 }), timeout: MINUTE })
  },
  60 * MINUTE,
)

test(
  'where rows are not told apart, a window shows so many rows after so many',
  async () => {
    const property = fc.asyncProperty(shiftingStatement, seeds, turns, async (sql, seed, played) => {
      await onStage(seed, async (stage) => {
        const owner = stage.owner()
        const probe = owner.observe(sql, [], FIRST)
        await settle(stage)
        expect(stage.queries.explain(owner, probe.live).shifts).toEqual(expect.any(String))
        for (const each of played.flat()) {
          if (isMove(each)) owner.move(probe, each)
          else await runTask(stage.database.writer.run({ sql: each[0], parameters: each[1] }, 'no-rows'))
          await settle(stage)
          const { edge, rows } = probe.window ?? FIRST
          const start = edge?.kind === 'position' ? edge.offset : 0
          expect(probe.rows).toEqual((await stage.query(sql)).slice(start, start + rows + 1))
        }
      })
    })
    await fc.assert(property, { ...extent(60, { normal: 15, long: 300 }), timeout: MINUTE })
  },
  60 * MINUTE,
)

/** Ends a turn, and has the next one note which rows it changes. */
async function settle(stage: LiveStage): Promise<void> {
  await stage.settle()
  stage.database.writer.watchRows(stage.queries.watches)
}

type Write = readonly [sql: string, parameters: readonly SqlValue[]]

function isMove(played: Write | WindowMove): played is WindowMove {
  return 'to' in played
}

/** Those that have a parameter, by position or by name, have it be 0. */
function given(sql: string): SqlParameters {
  if (sql.includes(':1')) return { 1: 0 }
  return sql.includes('?1') ? [0] : []
}

async function onStage(seed: readonly Write[], play: (stage: LiveStage) => Promise<void>): Promise<void> {
  const stage = await LiveStage.open(PAGED_SCHEMA)
  try {
    for (const [sql, parameters] of seed) {
      await runTask(stage.database.writer.run({ sql, parameters }, 'no-rows'))
    }
    await play(stage)
  } finally {
    await stage.close()
  }
}

/** All rows of the model, as it orders them. */
async function ordered(stage: LiveStage, { model, order }: PagedStatement): Promise<ColumnBlock> {
  const parameters = given(model)
  const { block } = await runTask(stage.database.writer.run({ sql: model, parameters }, 'all-rows'))
  const columns = block.values.map((column) => [...column])
  const places = Array.from({ length: block.rowCount }, (_, row) => row).toSorted((a, b) =>
    compareRows(order, columns, a, columns, b),
  )
  return { ...block, values: block.values.map((column) => places.map((row) => column[row] ?? null)) }
}

function shownRows(all: ColumnBlock, { columns }: PagedStatement): readonly SqlRow[] {
  const values = all.values.slice(0, columns)
  return toRows({ names: all.names.slice(0, columns), values, rowCount: all.rowCount })
}

/** How many rows come before an edge. */
function placeOf(edge: WindowEdge | undefined, all: ColumnBlock, { order, columns }: PagedStatement): number {
  if (edge === undefined) return 0
  if (edge.kind === 'position') throw new Error('The rows of this statement can be told apart.')
  const columnsOfAll = all.values.map((column) => [...column])
  const columnsOfEdge = all.values.map((_, column) => [edge.values[column - columns] ?? null])
  let place = 0
  while (place < all.rowCount && compareRows(order, columnsOfAll, place, columnsOfEdge, 0) < 0) place++
  return place
}

function expectWindow(probe: LiveProbe, all: ColumnBlock, statement: PagedStatement): void {
  const { edge, rows } = probe.window ?? FIRST
  const start = placeOf(edge, all, statement)
  expect(probe.rows).toEqual(shownRows(all, statement).slice(start, start + rows + 1))
}

/** As many rows as were asked for, up or down. */
function expectMoved(
  before: WindowState,
  after: WindowState,
  moved: WindowMove | undefined,
  all: ColumnBlock,
  statement: PagedStatement,
): void {
  if (moved === undefined) return
  const [from, to] = [before, after].map(({ edge }) => placeOf(edge, all, statement)) as [number, number]
  if (moved.to === 'previous') {
    expect(from - to).toBe(before.edge === undefined ? 0 : Math.min(moved.rows, from))
    if (from <= moved.rows) expect(after.edge).toBeUndefined()
  } else if (after !== before) {
    const surplus = Math.max(0, before.rows + moved.rows - moved.most)
    expect([0, surplus]).toContain(to - from)
  }
}
