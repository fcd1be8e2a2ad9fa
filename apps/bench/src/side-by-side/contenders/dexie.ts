import { add, Dexie, type Collection, type Table } from 'dexie'
import type { Contender } from '../contender.ts'
import type { IndexRange, StoredRecord, TableShape } from '../record-store.ts'

/** Dexie in the page, as its documentation shows it, with the cache that copies nothing. */
export const dexie: Contender = {
  async open(name, tables) {
    const database = new Dexie(`dexie-${name}`, { cache: 'immutable' })
    database.version(1).stores(Object.fromEntries(tables.map((table) => [table.name, schemaOf(table)])))
    await database.open()
    const tableOf = <Found extends StoredRecord>(table: string): Table<Found, number> => database.table(table)
    return {
      kind: 'records',
      async putAll(table, records) {
        await tableOf(table).bulkPut(records)
      },
      async get<Found extends StoredRecord>(table: string, id: number) {
        return tableOf<Found>(table).get(id)
      },
      async getMany<Found extends StoredRecord>(table: string, ids: readonly number[]) {
        return tableOf<Found>(table).bulkGet([...ids])
      },
      async increment(table, id, property, by) {
        const updated = await database.table(table).update(id, { [property]: add(by) })
        if (updated !== 1) throw new Error(`there is no ${table} ${id}`)
      },
      async all<Found extends StoredRecord>(table: string, from?: number, to?: number) {
        const records = tableOf<Found>(table)
        if (from === undefined && to === undefined) return records.toArray()
        return records
          .where(':id')
          .between(from ?? Dexie.minKey, to ?? Dexie.maxKey, true, true)
          .toArray()
      },
      async range<Found extends StoredRecord>(table: string, range: IndexRange) {
        return collectionOf(tableOf<Found>(table), range).toArray()
      },
      async ids(table, range) {
        return collectionOf(tableOf(table), range).primaryKeys()
      },
      async count(table, range) {
        return range === undefined ? tableOf(table).count() : collectionOf(tableOf(table), range).count()
      },
      async close() {
        database.close()
      },
    }
  },
}

function schemaOf({ indexes }: TableShape): string {
  return ['id', ...indexes.map(indexName)].join(', ')
}

function collectionOf<Found extends StoredRecord>(
  table: Table<Found, number>,
  { index, from, to, isDescending, limit }: IndexRange,
): Collection<Found, number> {
  const found = table.where(indexName(index)).between(from, to, true, true)
  // oxlint-disable-next-line unicorn/no-array-reverse -- It is a query, which is asked in the other order.
  const ordered = isDescending === true ? found.reverse() : found
  return limit === undefined ? ordered : ordered.limit(limit)
}

function indexName(index: IndexRange['index']): string {
  return typeof index === 'string' ? index : `[${index.join('+')}]`
}
