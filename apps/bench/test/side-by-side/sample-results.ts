import type { ContenderInfo, Durability } from '../../src/side-by-side/contender.ts'
import type { Figure, Results, Target } from '../../src/side-by-side/results.ts'
import { isMoreBetter, type Unit, type Workload } from '../../src/side-by-side/workload.ts'

type Pace = readonly [made: string, durability: Durability, slowness: number]

const CONTENDERS: Readonly<Record<string, Pace>> = {
  'DataSync opfs': ['@datasync/engine 0.1.0', 'strict', 1.3],
  'DataSync opfs relaxed': ['@datasync/engine 0.1.0', 'relaxed', 1.15],
  'DataSync indexeddb': ['@datasync/engine 0.1.0', 'strict', 2],
  'DataSync indexeddb relaxed': ['@datasync/engine 0.1.0', 'relaxed', 1.4],
  'DataSync memory': ['@datasync/engine 0.1.0', 'none', 1.05],
  'absurd-sql': ['absurd-sql 0.0.54 on @jlongster/sql.js 1.6.7', 'relaxed', 9],
  'official opfs-sahpool': ['@sqlite.org/sqlite-wasm 3.54.1-build1', 'strict', 2.6],
  'official opfs': ['@sqlite.org/sqlite-wasm 3.54.1-build1', 'strict', 11],
  'official memory': ['@sqlite.org/sqlite-wasm 3.54.1-build1', 'none', 1.1],
  sqlocal: ['sqlocal 0.18.0', 'strict', 6],
  'wa-sqlite IDBBatchAtomic': ['@journeyapps/wa-sqlite 2.0.6', 'relaxed', 14],
  'wa-sqlite OPFSWriteAhead': ['@journeyapps/wa-sqlite 2.0.6', 'strict', 3],
  'wa-sqlite OPFSCoopSync': ['@journeyapps/wa-sqlite 2.0.6', 'strict', 4.2],
  'pglite idb': ['@electric-sql/pglite 0.5.17', 'relaxed', 30],
  'pglite opfs-ahp': ['@electric-sql/pglite 0.5.17', 'strict', 22],
  'pglite memory': ['@electric-sql/pglite 0.5.17', 'none', 12],
  dexie: ['dexie 4.4.7', 'relaxed', 40],
  'raw IndexedDB': ['', 'relaxed', 18],
}

const WORKLOADS: Readonly<Record<string, readonly (readonly [name: string, unit: Unit, best: number])[]>> = {
  'Cold start': [
    ['Open an empty database, first visit', 'ms', 48],
    ['Open 10 MB and read a row', 'ms', 61],
    ['Open 100 MB and read a row', 'ms', 66],
    ['From the click to the first rows shown', 'ms', 95],
  ],
  'Bulk insert': [
    ['Insert 1,000,000 rows in one transaction', 'ms', 2140],
    ['Insert 10,000 rows in transactions of 100', 'ms', 210],
    ['Import a file of 10 MB', 'ms', 340],
    ['Make an index on 1,000,000 rows', 'ms', 610],
  ],
  'Small writes': [
    ['Single inserts, each awaited', 'a second', 5200],
    ['Single updates by key', 'a second', 6100],
    ['Deletes by key', 'a second', 5900],
    ['Read, change and write in one transaction', 'a second', 3300],
  ],
  'Point reads': [
    ['Reads by key, one after another', 'a second', 21_000],
    ['Reads by key, 100 at once', 'a second', 88_000],
    ['Reads by a second index', 'a second', 17_500],
    ['Reads of a row that is not there', 'a second', 24_000],
  ],
  'Large table': [
    ['Count 1,000,000 rows by a condition without an index', 'ms', 34],
    ['Sort 1,000,000 rows, first 50', 'ms', 71],
    ['Search in text with LIKE', 'ms', 88],
  ],
  'Join and group': [
    ['Join two tables of 100,000 rows', 'ms', 120],
    ['Group 1,000,000 rows in 100 groups', 'ms', 210],
    ['Window function over 100,000 rows', 'ms', 96],
  ],
  'Rows to the page': [
    ['10 rows', 'ms', 0.31],
    ['1,000 rows', 'ms', 1.9],
    ['100,000 rows of eight columns', 'ms', 121],
  ],
  'Classic suite': [
    ['Test 1: 1,000 inserts', 'ms', 11],
    ['Test 2: 25,000 inserts in a transaction', 'ms', 74],
    ['Test 4: 100 selects without an index', 'ms', 58],
    ['Test 8: 5,000 selects with an index', 'ms', 41],
    ['Test 16: drop all tables', 'ms', 0.9],
  ],
  'Live queries': [
    ['From a write to the new rows on the page', 'ms', 0.8],
    ['The same with 1,000 live queries', 'ms', 1.4],
    ['Queries run again for writes that do not concern them', 'runs', 0],
    ['Updates of a list of 10,000 rows', 'a second', 620],
  ],
  'Several tabs': [
    ['A write in one tab shown in another', 'ms', 3.1],
    ['Writes of four tabs at once', 'a second', 2900],
    ['Longest gap as the tab that works for all is closed', 'ms', 38],
  ],
  Memory: [
    ['After the start', 'MB', 14.2],
    ['With 100 MB of data', 'MB', 24],
    ['Most while 1,000,000 rows are inserted', 'MB', 61],
  ],
  'Bytes downloaded': [
    ['JavaScript and WebAssembly, compressed', 'kB', 31],
    ['The same with what a worker loads', 'kB', 31],
  ],
  Apps: [
    ['Notes: open, type, search', 'ms', 180],
    ['Catalogue: filter and scroll through 100,000 products', 'ms', 240],
    ['Chat: 200 messages come in while one is written', 'ms', 310],
  ],
}

const TARGETS: readonly Target[] = [
  {
    name: 'Bulk insert',
    aim: 'at least 5 times absurd-sql',
    measured: '7.1 times',
    times: 1.42,
    reason: undefined,
  },
  {
    name: 'Small writes',
    aim: 'at least 3 times the official opfs-sahpool',
    measured: '1.9 times',
    times: 0.63,
    reason: 'Every commit is flushed, and a flush takes 0.2 ms on this disk.',
  },
  { name: 'Cold start', aim: 'under 100 ms with 100 MB', measured: '81 ms', times: 1.23, reason: undefined },
  {
    name: 'A write on the page',
    aim: 'under 2 ms with 1,000 live queries',
    measured: '1.6 ms',
    times: 1.25,
    reason: undefined,
  },
  {
    name: 'Bytes downloaded',
    aim: 'under 400 kB compressed',
    measured: '482 kB',
    times: 0.83,
    reason: undefined,
  },
  {
    name: 'Several tabs',
    aim: 'no gap longer than 100 ms',
    measured: '51 ms',
    times: 1.96,
    reason: undefined,
  },
]

/** As large and as uneven as those of a run, and the same each time. */
export function sampleResults(): Results {
  const random = randomFrom(7)
  const workloads = Object.entries(WORKLOADS).flatMap(([group, rows]) =>
    rows.map(([name, unit], i): Workload => ({ id: `${group}-${i}`, group, name, unit })),
  )
  const bests = Object.values(WORKLOADS).flatMap((rows) => rows.map(([, , best]) => best))
  return {
    date: '2026-11-27T18:42:00.000Z',
    scale: 'full',
    repetitions: 3,
    machine: { platform: 'linux', cpus: 2, gigabytes: 8, browser: 'Chromium 141.0.7390.37' },
    contenders: Object.entries(CONTENDERS).map(contenderOf),
    workloads,
    figures: workloads.flatMap((workload, i) =>
      Object.keys(CONTENDERS).map((contender) => sampleFigure(workload, contender, bests[i] ?? 1, random)),
    ),
    targets: TARGETS,
  }
}

function contenderOf([name, [made, durability]]: readonly [string, Pace]): ContenderInfo {
  return {
    name,
    made: made === '' ? 'the browser' : made,
    durability,
    forgets: durability === 'none' ? 'It is kept in memory.' : undefined,
    isOnlyInFull: name === 'pglite memory' ? false : name.endsWith('OPFSCoopSync'),
  }
}

function sampleFigure(workload: Workload, contender: string, best: number, random: () => number): Figure {
  const notRun = reasonAgainst(workload, contender)
  if (notRun !== undefined) return { workload: workload.id, contender, notRun }
  const slowness = CONTENDERS[contender]?.[2] ?? 1
  const times = Math.max(1, slowness ** (0.2 + 1.1 * random()) * (0.75 + 0.6 * random()))
  const middle = isMoreBetter(workload.unit) ? best / times : best * times
  const values = [0, 1, 2].map(() => middle * (1 + (random() - 0.5) * (random() < 0.1 ? 0.9 : 0.16)))
  const rounded = workload.unit === 'runs' ? values.map(() => runsOf(contender)) : values
  const [min = 0, median = 0, max = 0] = rounded.toSorted((a, b) => a - b)
  return { workload: workload.id, contender, values: rounded, median, min, max }
}

function reasonAgainst({ group, name }: Workload, contender: string): string | undefined {
  const isRecords = contender === 'dexie' || contender === 'raw IndexedDB'
  if (isRecords && ['Join and group', 'Classic suite'].includes(group)) return 'It has no SQL.'
  if (group === 'Live queries' && !/DataSync|sqlocal|pglite|dexie/.test(contender))
    return 'It has no live queries.'
  if (group === 'Several tabs' && /memory|opfs-sahpool|WriteAhead/.test(contender))
    return 'One tab alone can open it.'
  if (group === 'Apps' && /pglite (memory|opfs)|raw/.test(contender)) return 'Nobody wrote the app for it.'
  if (name.includes('100 MB') && contender === 'absurd-sql')
    return 'RuntimeError: memory access out of bounds'
  if (name.startsWith('Import') && !contender.includes('opfs')) return 'It cannot import a file.'
  return undefined
}

function runsOf(contender: string): number {
  if (contender.startsWith('DataSync')) return 0
  return contender === 'dexie' ? 12 : 1000
}

/** mulberry32 */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
