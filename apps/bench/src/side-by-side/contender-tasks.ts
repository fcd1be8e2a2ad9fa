import type { Contender, OpenDatabase } from './contender.ts'
import type { Scale } from './scale.ts'
import { TASKS, type TaskName } from './task-list.ts'
import { timed, type Measures, type Verification } from './task.ts'
import { fillEntries, firstOfNew, readEntry, scanEntries } from './tasks/start/entries.ts'
import { ENTRIES_PER_MEGABYTE, ENTRY_TABLES } from './tasks/start/start-data.ts'
import { timeEach, type Repeats } from './timing.ts'

const COLD_POINTS = 200
const CACHED_POINTS: Repeats = { warmUp: 20, measured: 200 }

/** What the runner can ask of a contender, each time in a fresh page. All times are in milliseconds. */
export interface ContenderTasks {
  /** Does a task with a database of its own. */
  measure(task: TaskName, scale: Scale): Promise<Measures>
  /** Fails unless the databases of these tasks have what the tasks have written. */
  verify(tasks: readonly TaskName[], scale: Scale): Promise<void>
  /** From the page to the first row in it, of a database that does not exist yet. */
  startNew(round: number): Promise<number>
  /** Makes a database of so many megabytes, to be opened later. */
  fill(megabytes: number): Promise<void>
  /** From the page to the first row in it. */
  start(megabytes: number): Promise<number>
  /** Reads rows here and there that were not read since the database was opened, then one of them again and again. */
  readPoints(
    megabytes: number,
    seed: number,
  ): Promise<{ readonly cold: readonly number[]; readonly cached: readonly number[] }>
  /** Opens a database and reads one row, and leaves it open until the page is closed. */
  hold(megabytes: number): Promise<void>
  /** Reads all of the database that is held. */
  scanHeld(megabytes: number): Promise<void>
  /** Opens the database of a task, checks it, and leaves it open until the page is closed. */
  holdTask(task: TaskName, scale: Scale): Promise<void>
}

export function contenderTasks(contender: Contender): ContenderTasks {
  let held: OpenDatabase | undefined
  const openEntries = (megabytes: number): Promise<OpenDatabase> =>
    contender.open(`entries-${megabytes}`, ENTRY_TABLES)
  return {
    async measure(name, scale) {
      const task = await TASKS[name]()
      const database = await contender.open(name, task.tables)
      const measures = await (database.kind === 'sql'
        ? task.sql(database, scale)
        : task.records?.(database, scale))
      await database.close()
      if (measures === undefined) throw new Error('it has no SQL')
      return measures
    },

    async verify(names, scale) {
      for (const name of names) {
        const { verify, tables } = await TASKS[name]()
        if (verify === undefined) continue
        const database = await contender.open(name, tables)
        await verifyIn(database, verify, scale)
        await database.close()
      }
    },

    startNew: (round) =>
      timeStart(
        () => contender.open(`new-${round}`, ENTRY_TABLES),
        (database) => firstOfNew(database),
      ),

    async fill(megabytes) {
      const database = await openEntries(megabytes)
      await fillEntries(database, megabytes)
      await database.close()
    },

    start: (megabytes) =>
      timeStart(
        () => openEntries(megabytes),
        (database) => readEntry(database, 1),
      ),

    async readPoints(megabytes, seed) {
      const database = await openEntries(megabytes)
      await readEntry(database, 1)
      const count = megabytes * ENTRIES_PER_MEGABYTE
      const cold = await timeEach({ warmUp: 0, measured: COLD_POINTS }, (index) =>
        readEntry(database, (((index + 1) * 7919 + seed * 131) % count) + 1),
      )
      const cached = await timeEach(CACHED_POINTS, () => readEntry(database, 1))
      await database.close()
      return { cold, cached }
    },

    async hold(megabytes) {
      held = await openEntries(megabytes)
      await readEntry(held, 1)
    },

    async scanHeld(megabytes) {
      if (held === undefined) throw new Error('Nothing is held open.')
      await scanEntries(held, megabytes)
    },

    async holdTask(name, scale) {
      const { verify, tables } = await TASKS[name]()
      held = await contender.open(name, tables)
      if (verify !== undefined) await verifyIn(held, verify, scale)
    },
  }
}

function verifyIn(database: OpenDatabase, verification: Verification, scale: Scale): Promise<void> {
  return database.kind === 'sql' ? verification.sql(database, scale) : verification.records(database, scale)
}

async function timeStart(
  open: () => Promise<OpenDatabase>,
  read: (database: OpenDatabase) => Promise<void>,
): Promise<number> {
  let database: OpenDatabase | undefined
  const time = await timed(async () => {
    database = await open()
    await read(database)
  })
  await database?.close()
  return time
}
