import type { RecordStore } from '../../record-store.ts'
import { makeCustomers, makePurchases, NEWEST, type Customer, type Purchase } from './sales-data.ts'
import { salesByCountry } from './sales-model.ts'
import type { Sales } from './sales.ts'

/** The page joins and groups. */
export function recordSales(store: RecordStore): Sales {
  return {
    async fill() {
      await store.putAll('customer', makeCustomers())
      await store.putAll('purchase', makePurchases())
    },
    async byCountry() {
      const [customers, purchases] = await Promise.all([
        store.all<Customer>('customer'),
        store.all<Purchase>('purchase'),
      ])
      return salesByCountry(customers, purchases)
    },
    async newest(customer) {
      const [known, purchases] = await Promise.all([
        store.get<Customer>('customer', customer),
        store.range<Purchase>('purchase', {
          index: 'customer',
          from: customer,
          to: customer,
          isDescending: true,
          limit: NEWEST,
        }),
      ])
      return purchases.map(({ id, total }) => ({ id, name: known?.name ?? '', total }))
    },
  }
}
