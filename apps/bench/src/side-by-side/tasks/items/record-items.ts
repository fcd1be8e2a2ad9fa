import type { RecordStore } from '../../record-store.ts'
import type { Item } from './item-data.ts'
import type { ItemTable } from './item-table.ts'

export function recordItems(store: RecordStore): ItemTable {
  return {
    // Its tables are made as it is opened.
    create: () => Promise.resolve(),
    insert: (items) => store.putAll('item', items),
    all: () => store.all<Item>('item'),
    get: (id) => store.get<Item>('item', id),
    increment: (id) => store.increment('item', id, 'version', 1),
    async totals() {
      const items = await store.all<Item>('item')
      return { items: items.length, versions: items.reduce((sum, { version }) => sum + version, 0) }
    },
  }
}
