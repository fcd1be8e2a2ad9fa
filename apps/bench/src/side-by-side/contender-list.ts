import packageJson from '../../package.json' with { type: 'json' }
import type { Contender, ContenderInfo } from './contender.ts'

/** One who takes part, and the way to its code: no page loads that of any other. */
export interface Listed extends ContenderInfo {
  load(): Promise<Contender>
}

const ENGINE = 'this repository'
const ABSURD = `${versionOf('absurd-sql')}, ${versionOf('@jlongster/sql.js')}`
const OFFICIAL = versionOf('@sqlite.org/sqlite-wasm')
const WA_SQLITE = versionOf('@journeyapps/wa-sqlite')
const PGLITE = versionOf('@electric-sql/pglite')
const BROWSER = 'the browser'
const FORGETS = 'memory keeps nothing that could be opened again'

const datasync = () => import('./contenders/datasync.ts')
const official = () => import('./contenders/official.ts')
const waSqlite = () => import('./contenders/wa-sqlite.ts')
const pglite = () => import('./contenders/pglite.ts')
const rawIndexedDb = () => import('./contenders/raw-indexeddb.ts')

export const CONTENDERS: readonly Listed[] = [
  {
    ...stored('DataSync opfs', ENGINE, 'strict'),
    load: async () => (await datasync()).datasyncOnOpfs('strict'),
  },
  {
    ...stored('DataSync opfs, relaxed', ENGINE, 'relaxed'),
    isOnlyInFull: true,
    load: async () => (await datasync()).datasyncOnOpfs('relaxed'),
  },
  {
    ...stored('DataSync indexeddb (sab)', ENGINE, 'strict'),
    isOnlyInFull: true,
    load: async () => (await datasync()).datasyncOnIndexedDb('sab', 'strict'),
  },
  {
    ...stored('DataSync indexeddb (jspi)', ENGINE, 'strict'),
    load: async () => (await datasync()).datasyncOnIndexedDb('jspi', 'strict'),
  },
  {
    ...stored('DataSync indexeddb (jspi), relaxed', ENGINE, 'relaxed'),
    load: async () => (await datasync()).datasyncOnIndexedDb('jspi', 'relaxed'),
  },
  {
    ...stored('DataSync indexeddb (mirror)', ENGINE, 'strict'),
    isOnlyInFull: true,
    load: async () => (await datasync()).datasyncOnIndexedDb('mirror', 'strict'),
  },
  {
    ...inMemory('DataSync memory', ENGINE),
    load: async () => (await datasync()).datasyncInMemory,
  },
  {
    ...stored('absurd-sql', ABSURD, 'relaxed'),
    load: async () => (await import('./contenders/absurd-sql.ts')).absurdSql,
  },
  {
    ...stored('official opfs-sahpool', OFFICIAL, 'strict'),
    load: async () => (await official()).official('opfs-sahpool'),
  },
  {
    ...stored('official opfs', OFFICIAL, 'strict'),
    isOnlyInFull: true,
    load: async () => (await official()).official('opfs'),
  },
  {
    ...inMemory('official memory', OFFICIAL),
    isOnlyInFull: true,
    load: async () => (await official()).official('memory'),
  },
  {
    ...stored('sqlocal', versionOf('sqlocal'), 'strict'),
    load: async () => (await import('./contenders/sqlocal.ts')).sqlocal,
  },
  {
    ...stored('wa-sqlite IDBBatchAtomic', WA_SQLITE, 'strict'),
    load: async () => (await waSqlite()).waSqliteIdbBatchAtomic,
  },
  {
    ...stored('wa-sqlite OPFSWriteAhead', WA_SQLITE, 'strict'),
    load: async () => (await waSqlite()).waSqliteOpfsWriteAhead,
  },
  {
    ...stored('pglite idb', PGLITE, 'relaxed'),
    // A commit takes it a tenth of a second.
    isOnlyInFull: true,
    load: async () => (await pglite()).pglite('idb'),
  },
  {
    ...stored('pglite opfs-ahp', PGLITE, 'strict'),
    isOnlyInFull: true,
    load: async () => (await pglite()).pglite('opfs-ahp'),
  },
  {
    ...stored('dexie', versionOf('dexie'), 'relaxed'),
    load: async () => (await import('./contenders/dexie.ts')).dexie,
  },
  {
    ...stored('raw IndexedDB', BROWSER, 'relaxed'),
    load: async () => (await rawIndexedDb()).rawIndexedDb('relaxed'),
  },
  {
    ...stored('raw IndexedDB, strict', BROWSER, 'strict'),
    isOnlyInFull: true,
    load: async () => (await rawIndexedDb()).rawIndexedDb('strict'),
  },
]

/** Who takes part with live queries only. */
export const LIVE_ONLY: readonly ContenderInfo[] = [
  stored('pglite opfs-ahp, incrementalQuery', PGLITE, 'strict'),
  inMemory('TanStack DB, own collections', versionOf('@tanstack/db')),
  inMemory('TanStack DB, hooks', versionOf('@tanstack/db')),
]

function versionOf(name: keyof typeof packageJson.dependencies): string {
  return `${name} ${packageJson.dependencies[name]}`
}

function stored(name: string, made: string, durability: 'strict' | 'relaxed'): ContenderInfo {
  return { name, made, durability, forgets: undefined, isOnlyInFull: false }
}

function inMemory(name: string, made: string): ContenderInfo {
  return { name, made, durability: 'none', forgets: FORGETS, isOnlyInFull: false }
}
