import type { DatabaseOptions } from '../../src/index.ts'

export const BRIDGES = ['mirror', 'jspi', 'sab'] as const

/** A database that is reached through a bridge, with a table to fill. */
export function bridgeOptions(bridge: (typeof BRIDGES)[number]): DatabaseOptions {
  return {
    storage: 'indexeddb',
    bridge,
    migrations: ['create table item (id integer primary key, content)'],
  }
}
