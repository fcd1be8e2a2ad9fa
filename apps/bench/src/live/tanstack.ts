import {
  BTreeIndex,
  createCollection,
  createLiveQueryCollection,
  eq,
  localOnlyCollectionOptions,
  Query,
  resolveLiveQueryValue,
} from '@tanstack/db'
import type { Contender, Show, ShownItem, StopWatching } from './contender.ts'
import { itemsOf, LIST, type Item, type ItemRange } from './data.ts'

/** What the benchmark uses of a collection that is a live query. */
interface LiveCollection {
  entries(): Iterable<readonly [unknown, ShownItem]>
  subscribeChanges(callback: () => void): { unsubscribe(): void }
  preload(): Promise<void>
}

/**
 * TanStack DB, whose collection is in the page. Its hooks for frameworks have the queries of one shape share their
 * work, which those who make their own collections do not.
 */
export function tanstackLive(user: 'own collections' | 'hooks'): Contender {
  return {
    name: `TanStack DB, ${user}`,
    counts: 'no query runs again; what the collection compares is not told',
    async open() {
      let items = collect([])
      const itemQuery = (id: number) => new Query().from({ item: items }).where(({ item }) => eq(item.id, id))
      const listQuery = () =>
        new Query()
          .from({ item: items })
          .where(({ item }) => eq(item.list, LIST))
          .orderBy(({ item }) => item.position)
          .select(({ item: { id, name, position, version } }) => ({ id, name, position, version }))
      const live = (query: ReturnType<typeof itemQuery | typeof listQuery>): LiveCollection => {
        const collection: LiveCollection | null =
          user === 'hooks' ? resolveLiveQueryValue(query) : createLiveQueryCollection({ query })
        if (collection === null) throw new Error('There is no live query.')
        return collection
      }
      return {
        async create(range) {
          items = collect(itemsOf(range))
          await items.preload()
        },
        async insert(range) {
          await items.insert(itemsOf(range)).isPersisted.promise
        },
        async remove(range) {
          await items.delete(idsOf(range)).isPersisted.promise
        },
        async setVersion(id, version) {
          const change = items.update(id, (item) => {
            item.version = version
          })
          await change.isPersisted.promise
        },
        async versionOf(id) {
          return Number(items.get(id)?.version)
        },
        async count() {
          return items.size
        },
        watchItem: (id, show) => watch(live(itemQuery(id)), show),
        watchList: (show) => watch(live(listQuery()), show),
        countRuns: undefined,
      }
    },
  }
}

/** With the indexes that the tables of others have. */
function collect(initialData: Item[]) {
  const items = createCollection(
    localOnlyCollectionOptions({
      getKey: (item: Item) => item.id,
      initialData,
      defaultIndexType: BTreeIndex,
    }),
  )
  items.createIndex((item) => item.id)
  items.createIndex((item) => item.list)
  items.createIndex((item) => item.position)
  return items
}

async function watch(collection: LiveCollection, show: Show): Promise<StopWatching> {
  // Whoever shows a result reads all of it, as its adapters do.
  const read = (): void => show(Array.from(collection.entries(), ([, row]) => row))
  const subscription = collection.subscribeChanges(read)
  await collection.preload()
  read()
  return () => subscription.unsubscribe()
}

function idsOf({ first, count }: ItemRange): number[] {
  return Array.from({ length: count }, (_, index) => first + index)
}
