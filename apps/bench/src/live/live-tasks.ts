import type { LiveDatabase } from './contender.ts'
import { countSpurious } from './count-spurious.ts'
import type { Tasks } from './tasks.ts'
import { timeBulk } from './time-bulk.ts'
import { timeList } from './time-list.ts'
import { timeShown } from './time-shown.ts'
import { timeUpdates } from './time-updates.ts'
import { ITEMS } from './workload.ts'

/** What is done with an open database that is still empty, the same whoever's it is. */
export function liveTasks(database: LiveDatabase): Tasks {
  const filled = async (): Promise<LiveDatabase> => {
    await database.create(ITEMS)
    return database
  }
  return {
    timeShown: async (queries) => timeShown(await filled(), queries),
    countSpurious: async (queries) => countSpurious(await filled(), queries),
    timeUpdates: async (queries) => timeUpdates(await filled(), queries),
    timeList: (rows) => timeList(database, rows),
    timeBulk: async (queries) => timeBulk(await filled(), queries),
  }
}
