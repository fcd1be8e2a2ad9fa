import { Dexie, liveQuery, type Table } from 'dexie'
import type { Contender, Show, ShownItem, StopWatching } from './contender.ts'
import { itemsOf, LIST, type Item } from './data.ts'

/** Dexie in the page, as its documentation shows it, with the cache that copies nothing. */
export const dexieLive: Contender = {
  name: 'dexie',
  counts: 'calls of the querier',
  async open(name) {
    const database = new Dexie(`live-${name}`, { cache: 'immutable' })
    database.version(1).stores({ item: 'id, [list+position]' })
    const items: Table<Item, number> = database.table('item')
    let runs = 0

    const watch = (query: () => Promise<readonly ShownItem[]>, show: Show): Promise<StopWatching> =>
      new Promise((resolve, reject) => {
        const counted = (): Promise<readonly ShownItem[]> => {
          runs += 1
          return query()
        }
        const subscription = liveQuery(counted).subscribe({
          next(rows) {
            show(rows)
            resolve(() => subscription.unsubscribe())
          },
          error: reject,
        })
      })

    return {
      async create(range) {
        await items.bulkAdd(itemsOf(range))
      },
      async insert(range) {
        await items.bulkAdd(itemsOf(range))
      },
      async remove({ first, count }) {
        await items
          .where(':id')
          .between(first, first + count)
          .delete()
      },
      async setVersion(id, version) {
        await items.update(id, { version })
      },
      async versionOf(id) {
        return Number((await items.get(id))?.version)
      },
      count: () => items.count(),
      watchItem: (id, show) => watch(() => items.where(':id').equals(id).toArray(), show),
      watchList: (show) =>
        watch(
          () => items.where('[list+position]').between([LIST, Dexie.minKey], [LIST, Dexie.maxKey]).toArray(),
          show,
        ),
      countRuns() {
        const before = runs
        return () => runs - before
      },
    }
  },
}
