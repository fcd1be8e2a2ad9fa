import type { StopWatching, Tab } from './contender.ts'
import {
  COUNT_ENTRIES,
  CREATE_ENTRY,
  CREATE_ITEM,
  IN_FLIGHT,
  INSERT_ITEM,
  READS_TOGETHER,
  SELECT_ONE,
  warmUp,
} from './data.ts'
import { EntryWriter } from './entry-writer.ts'
import { sharedNow } from './shared-clock.ts'
import { tellShown, timeUntilShown } from './shown-versions.ts'
import { SteadyWriting } from './steady-writing.ts'
import type { Tasks } from './tasks.ts'

/** What the tab with this number does, the same whoever's it is. */
export function tabTasks(tab: Tab, id: number): Tasks {
  const writer = new EntryWriter(tab, id)
  const writing = new SteadyWriting(writer)
  let stopWatching: StopWatching | undefined
  return {
    async prepare() {
      for (const sql of [CREATE_ITEM, INSERT_ITEM, CREATE_ENTRY]) await tab.run(sql)
    },

    async role() {
      return tab.role
    },

    untilHost: () => tab.untilHost(),

    async watch() {
      const channel = crypto.randomUUID()
      stopWatching = await tellShown(tab, channel)
      return channel
    },

    async unwatch() {
      await stopWatching?.()
      stopWatching = undefined
    },

    async timeShown(channel, writes) {
      const durations = await timeUntilShown(tab, channel, warmUp(writes) + writes)
      return durations.slice(-writes)
    },

    async timeReads(reads) {
      const durations = await timeEach(reads / READS_TOGETHER, async () => {
        for (let i = 0; i < READS_TOGETHER; i++) await tab.first(SELECT_ONE)
      })
      return durations.map((duration) => duration / READS_TOGETHER)
    },

    timeWrites: (writes) =>
      timeEach(writes, async () => {
        if ((await writer.write()) === undefined) throw new Error(writer.takeOutcomes().reason)
      }),

    startWriting: () => writing.start(),

    async finishWriting(writes) {
      const longestGap = await writing.finish(writes)
      return { ...writer.takeOutcomes(), longestGap }
    },

    async pump({ from, until }) {
      let within = 0
      const writeOn = async (): Promise<void> => {
        while (sharedNow() < until) {
          const acknowledged = await writer.write()
          if (acknowledged !== undefined && acknowledged >= from && acknowledged < until) within += 1
        }
      }
      await Promise.all(Array.from({ length: IN_FLIGHT }, writeOn))
      return { ...writer.takeOutcomes(), within }
    },

    async countEntries() {
      return Number((await tab.first(COUNT_ENTRIES))[0])
    },
  }
}

async function timeEach(times: number, work: () => Promise<unknown>): Promise<readonly number[]> {
  const durations: number[] = []
  for (let i = 0; i < warmUp(times) + times; i++) {
    const start = performance.now()
    await work()
    durations.push(performance.now() - start)
  }
  return durations.slice(-times)
}
