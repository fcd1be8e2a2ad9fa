import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Database, QueryObserver, SqlRow } from '../../src/index.ts'
import { extent } from '../support/extent.ts'

const SCHEMA = `
  create table entry (id integer primary key, kind integer not null, amount integer not null);
  insert into entry values (1, 0, 10), (2, 1, 20), (3, 0, 30);
`
/** Queries whose results must agree with each other at any one moment. */
const QUERIES = [
  'select id, kind, amount from entry order by amount, id',
  'select count(*) as count, coalesce(sum(amount), 0) as total from entry',
  'select id, amount from entry where kind = 0 order by id',
  'select kind, sum(amount) as total from entry group by kind order by kind',
] as const

const id = fc.integer({ min: 1, max: 6 })
const amount = fc.integer({ min: 0, max: 3 })
const write = fc.oneof(
  fc.tuple(id, fc.nat({ max: 1 }), amount).map((values) => ({
    sql: 'insert or replace into entry values (?, ?, ?)',
    parameters: values,
  })),
  fc.tuple(amount, id).map((parameters) => ({ sql: 'update entry set amount = ? where id = ?', parameters })),
  id.map((one) => ({ sql: 'delete from entry where id = ?', parameters: [one] })),
  fc.constant({ sql: 'insert into entry values (1, 0, null)', parameters: [] }),
)
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('writes' as const), writes: fc.array(write, { maxLength: 4 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('transaction' as const),
      writes: fc.array(write, { maxLength: 4 }),
      nested: fc.array(write, { maxLength: 2 }),
      undoNested: fc.boolean(),
      undo: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('subscribe' as const),
      query: fc.nat({ max: QUERIES.length - 1 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('unsubscribe' as const), which: fc.nat({ max: 9 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('refetch' as const), which: fc.nat({ max: 9 }) }) },
)

interface Subscription {
  readonly observer: QueryObserver
  readonly sql: string
  readonly stop: () => void
}

/** Where the databases of the property are kept. */
export interface PropertyDatabase {
  readonly open: (options: { readonly migrations: readonly string[] }) => Promise<Database>
  readonly dispose: (db: Database) => Promise<void>
  /** How many examples are tried, each in a database of its own. */
  readonly runs: number
}

export function testProperties(title: string, database: PropertyDatabase): void {
  test(
    `P2 to P5: whatever is written, subscribed to and left, every live query shows the newest commit and nothing else${title}`,
    { timeout: 600_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
          const db = await database.open({ migrations: [SCHEMA] })
          const subscriptions: Subscription[] = []
          /** The newest snapshots, to be compared by identity with those that follow. */
          const shown = new Map<QueryObserver, readonly SqlRow[]>()

          /** What a listener threw: the database reports it elsewhere, so as not to be stopped by it. */
          const violations: unknown[] = []

          const look = (): void => {
            try {
              expectConsistent(subscriptions)
              for (const { observer } of subscriptions) {
                const { data } = observer.getSnapshot()
                if (data === undefined) continue
                expectSameObjects(shown.get(observer) ?? [], data)
                shown.set(observer, data)
              }
            } catch (error) {
              violations.push(error)
            }
          }
          const subscribe = async (sql: string): Promise<void> => {
            const observer = db.observe(sql)
            subscriptions.push({ observer, sql, stop: observer.subscribe(look) })
            await observer.load()
          }
          const applyAll = async (
            run: (statement: typeof write extends fc.Arbitrary<infer S> ? S : never) => Promise<unknown>,
            writes: readonly (typeof write extends fc.Arbitrary<infer S> ? S : never)[],
          ): Promise<void> => {
            // Some of them fail, which undoes that one alone.
            await Promise.all(writes.map((statement) => run(statement).catch(() => undefined)))
          }

          for (const action of steps) {
            if (action.kind === 'subscribe') await subscribe(QUERIES[action.query] ?? QUERIES[0])
            else if (action.kind === 'unsubscribe') {
              subscriptions.splice(action.which % (subscriptions.length || 1), 1)[0]?.stop()
            } else if (action.kind === 'refetch') {
              await subscriptions[action.which % (subscriptions.length || 1)]?.observer.refetch()
            } else if (action.kind === 'writes')
              await applyAll((statement) => db.run(statement), action.writes)
            else {
              await db
                .transaction(async (tx) => {
                  await applyAll((statement) => tx.run(statement), action.writes)
                  await tx
                    .transaction(async (inner) => {
                      await applyAll((statement) => inner.run(statement), action.nested)
                      if (action.undoNested) throw new Error('undo nested')
                    })
                    .catch(() => undefined)
                  if (action.undo) throw new Error('undo')
                })
                .catch(() => undefined)
            }
            expect(violations).toEqual([])
            // P4: by now, everyone shows what a fresh run gives.
            const snapshots = subscriptions.map(({ observer }) => observer.getSnapshot())
            for (const [index, { sql }] of subscriptions.entries()) {
              expect(snapshots[index]).toMatchObject({
                status: 'success',
                isFetching: false,
                error: undefined,
              })
              expect(snapshots[index]?.data).toEqual(await db.query(sql))
            }
          }
          await database.dispose(db)
        }),
        extent(database.runs, { normal: 20, long: 300 }),
      )
    },
  )
}

/** P3: no two queries show different commits, and none something that was never committed. */
function expectConsistent(subscriptions: readonly Subscription[]): void {
  const data = QUERIES.map(
    (sql) => subscriptions.find((subscription) => subscription.sql === sql)?.observer.getSnapshot().data,
  )
  const [all, totals, evens, kinds] = data
  if (all === undefined) return
  const total = (rows: readonly SqlRow[]): number => rows.reduce((sum, row) => sum + Number(row['amount']), 0)
  const even = all.filter((row) => row['kind'] === 0)
  if (totals !== undefined) expect(totals).toEqual([{ count: all.length, total: total(all) }])
  if (evens !== undefined) expect(total(evens)).toBe(total(even))
  if (kinds !== undefined) expect(kinds.find((row) => row['kind'] === 0)?.['total'] ?? 0).toBe(total(even))
}

/** P5: a row that is equal to one before is the same object. */
function expectSameObjects(before: readonly SqlRow[], after: readonly SqlRow[]): void {
  const known = new Map(before.map((row) => [JSON.stringify(row), row]))
  for (const row of after) {
    const same = known.get(JSON.stringify(row))
    if (same !== undefined) expect(row).toBe(same)
  }
}
