import { verify, type Tasks } from './contender.ts'
import {
  BODY,
  COMMITS,
  COUNT_ENTRIES,
  CREATE_ENTRY,
  CREATE_ITEM,
  CREATE_SAMPLE,
  ENTRIES_PER_MEGABYTE,
  FILL_ENTRY,
  FILL_ITEM,
  FILL_SAMPLE,
  isEqual,
  ITEMS,
  randomBytes,
  randomIds,
  SAMPLES,
  SELECT_ENTRY,
  SELECT_FIRST_ENTRY,
  SUM_ITEMS,
  SUM_SAMPLES,
  updatedItem,
  UPDATE_ITEM,
  valueOf,
  WARM_UP,
  type Durability,
  type Size,
} from './data.ts'
import type { OpenSession, Session } from './session.ts'

/** The tasks of everyone who speaks SQL: the same statements, sent from the page one by one. */
export function sqlTasks(open: OpenSession, safest: Durability): Tasks {
  return {
    async prepare(size) {
      const session = await open(databaseOf(size), safest)
      await session.run(CREATE_ENTRY)
      for (let megabyte = 0; megabyte < size; megabyte++) {
        const first = megabyte * ENTRIES_PER_MEGABYTE + 1
        await session.run(FILL_ENTRY, [first, bodiesFrom(first)])
      }
      const entries = size * ENTRIES_PER_MEGABYTE
      await expectRow(session, COUNT_ENTRIES, [entries, entries])
      await session.close()
    },

    async commit(durability) {
      const session = await open(`commits-${durability}`, durability)
      await session.run(CREATE_ITEM)
      if ((await firstOf(session, SUM_ITEMS))[0] === 0) await session.run(FILL_ITEM)
      const before = Number((await firstOf(session, SUM_ITEMS))[1])
      const milliseconds: number[] = []
      for (let commit = 0; commit < WARM_UP + COMMITS; commit++) {
        const start = performance.now()
        await session.run(UPDATE_ITEM, [updatedItem(commit)])
        milliseconds.push(performance.now() - start)
      }
      const sum = before + WARM_UP + COMMITS
      await expectRow(session, SUM_ITEMS, [ITEMS, sum])
      await session.close()
      return { milliseconds: milliseconds.slice(WARM_UP), sum }
    },

    async checkCommits(durability, sum) {
      const session = await open(`commits-${durability}`, durability)
      await expectRow(session, SUM_ITEMS, [ITEMS, sum])
      await session.close()
    },

    async insert(durability, round) {
      const session = await open(`samples-${durability}-${round}`, durability)
      await session.run(CREATE_SAMPLE)
      const milliseconds = await timed(() => session.run(FILL_SAMPLE))
      await expectRow(session, SUM_SAMPLES, sumsOfSamples())
      await session.close()
      return milliseconds
    },

    async scan(durability, round) {
      const session = await open(`samples-${durability}-${round}`, durability)
      const milliseconds = await timed(() => expectRow(session, SUM_SAMPLES, sumsOfSamples()))
      await session.close()
      return milliseconds
    },

    async readPoints(seed) {
      const session = await open(databaseOf(100), safest)
      const ids = randomIds(100 * ENTRIES_PER_MEGABYTE, seed)
      const found: (readonly unknown[])[] = []
      const milliseconds = await timed(async () => {
        for (const id of ids) found.push(await firstOf(session, SELECT_ENTRY, id))
      })
      found.forEach((row, index) => expectEntry(row, ids[index] ?? 0))
      await session.close()
      return milliseconds
    },

    async firstRow(size) {
      let session: Session | undefined
      let row: readonly unknown[] = []
      const milliseconds = await timed(async () => {
        session = await open(databaseOf(size), safest)
        row = await firstOf(session, SELECT_FIRST_ENTRY)
      })
      expectEntry(row, 1)
      await session?.close()
      return milliseconds
    },

    async holdOpen(size) {
      const session = await open(databaseOf(size), safest)
      expectEntry(await firstOf(session, SELECT_ENTRY, (size * ENTRIES_PER_MEGABYTE) / 2), size * 500)
    },
  }
}

function databaseOf(size: Size): string {
  return `entries-${size}`
}

function bodiesFrom(first: number): Uint8Array {
  const bodies = new Uint8Array(ENTRIES_PER_MEGABYTE * BODY)
  for (let index = 0; index < ENTRIES_PER_MEGABYTE; index++) {
    bodies.set(randomBytes(BODY, first + index), index * BODY)
  }
  return bodies
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function firstOf(session: Session, sql: string, id?: number): Promise<readonly unknown[]> {
  const [row = []] = await session.rows(sql, id === undefined ? [] : [id])
  return row
}

async function expectRow(session: Session, sql: string, expected: readonly number[]): Promise<void> {
  const row = await firstOf(session, sql)
  verify(row.join() === expected.join(), `${sql} gave ${row.join()} and not ${expected.join()}`)
}

function expectEntry(row: readonly unknown[], id: number): void {
  const [foundId, value, body] = row
  const isRight = foundId === id && value === valueOf(id) && isEqual(body, randomBytes(BODY, id))
  verify(isRight, `entry ${id} is not what was written`)
}

function sumsOfSamples(): readonly number[] {
  let sum = 0
  for (let id = 1; id <= SAMPLES; id++) sum += valueOf(id)
  return [SAMPLES, sum, SAMPLES * 40]
}
