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

/**
 * TanStack DB, whose collection is in the page. `pooled` is what its adapters make of a query that compares a column
 * with a value.
 */
export function tanstackLive(kind: 'createLiveQueryCollection' | 'pooled'): Contender {
  return {
    name: `TanStack DB, ${kind} (memory only)`,
    counts: 'callbacks: queries do not run again, and what they look at is not told',
    async open() {
      let items = collect([])
      const itemQuery = (id: number) => new Query().from({ item: items }).where(({ item }) => eq(item.id, id))
      const listQuery = () =>
        new Query()
          .from({ item: items })
          .where(({ item }) => eq(item.list, LIST))
          .orderBy(({ item }) => item.position)
          .select(({ item: { id, name, position, version } }) => ({ id, name, position, version }))
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
        watchItem: (id, show) =>
          watch(
            kind === 'pooled' ? pooled(itemQuery(id)) : createLiveQueryCollection(() => itemQuery(id)),
            show,
          ),
        watchList: (show) => watch(createLiveQueryCollection(listQuery), show),
        countRuns: undefined,
      }
    },
  }
}

/** With the index for large collections, which it makes by itself of what queries ask for. */
function collect(initialData: Item[]) {
  return createCollection(
    localOnlyCollectionOptions({
      getKey: (item: Item) => item.id,
      initialData,
      autoIndex: 'eager',
      defaultIndexType: BTreeIndex,
    }),
  )
}

/** What the benchmark uses of a collection that is a live query. */
interface LiveCollection {
  readonly toArray: readonly ShownItem[]
  subscribeChanges(callback: () => void): { unsubscribe(): void }
  preload(): Promise<void>
}

function pooled(query: object): LiveCollection {
  const collection: LiveCollection | null = resolveLiveQueryValue(query)
  if (collection === null) throw new Error('There is no live query.')
  return collection
}

async function watch(collection: LiveCollection, show: Show): Promise<StopWatching> {
  // Whoever shows a result reads all of it, as its adapters do.
  const read = (): void => show(collection.toArray)
  const subscription = collection.subscribeChanges(read)
  await collection.preload()
  read()
  return () => subscription.unsubscribe()
}

function idsOf({ first, count }: ItemRange): number[] {
  return Array.from({ length: count }, (_, index) => first + index)
}
