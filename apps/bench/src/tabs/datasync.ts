import { createDatabase, type SqlRow } from '@datasync/engine'
import type { Contender } from './contender.ts'

/** DataSync, whose tabs find the one that hosts by themselves. It needs no isolated page. */
export function datasyncTabs(storage: 'opfs' | 'indexeddb'): Contender {
  return {
    name: storage === 'opfs' ? 'DataSync opfs' : 'DataSync indexeddb (jspi)',
    isIsolated: false,
    hostless: undefined,
    hasStandby: true,
    isSlow: false,
    async open(name) {
      const database = createDatabase(`tabs-${storage}-${name}`, { storage })
      await database.ready
      const isHost = (): boolean => database.status.getSnapshot().role?.kind === 'host'
      return {
        get role() {
          return database.status.getSnapshot().role?.kind
        },
        untilHost: () =>
          new Promise((resolve) => {
            const stop = database.status.subscribe(look)
            look()
            function look(): void {
              if (!isHost()) return
              stop()
              resolve()
            }
          }),
        async run(sql, parameters = []) {
          await database.run(sql, parameters)
        },
        async first(sql) {
          return valuesOf(await database.get(sql))
        },
        async watch(sql, shown) {
          const observer = database.observe(sql)
          const stop = observer.subscribe(() => shown(valuesOf(observer.getSnapshot().data?.[0])))
          await observer.load()
          return stop
        },
      }
    },
  }
}

function valuesOf(row: SqlRow | undefined): readonly unknown[] {
  return Object.values(row ?? {})
}
