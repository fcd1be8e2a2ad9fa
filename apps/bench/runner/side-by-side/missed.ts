const TRIP =
  'A message to a worker and back takes 0.07 ms, as long as a record of IndexedDB takes in the page.'
const CALLS =
  'Of the 0.02 ms of a call, most goes into its promise, its messages and its row object, not into SQLite.'
const COPIES =
  'Copying eighty thousand values to the worker and binding each takes most of it, for everyone in a worker.'
const ROWS = 'SQLite takes 9 ms to read eighty thousand values, and their way to the page 5.'
const COMPUTES = 'SQLite computes, and no storage is asked: both have the table in their caches.'
const GETS =
  'A record of IndexedDB takes 0.2 ms to come into a worker, and one is needed for each row, for both.'
const SHORT =
  'It is so short that the trip to the worker counts: ten times in some runs, and eight in others.'
const HEAP =
  "SQLite's build begins with 8 MB, that of absurd-sql with 16; the checksum of blocks has a memory of its own, of 0.06."
const RENDERER =
  'Most of it is the engine of the browser: an isolate for the worker, and the compiled code of SQLite, for everyone.'
const BLOCKS =
  'A quarter of the database is kept as blocks, beside the engine of the browser: scans take a fifth of the time.'
const INDEXED = 'It takes a millisecond, as long as with all of the data in memory: SQLite computes.'
const UNDER_WAY = 'The rows of the fill, acknowledged before, are still on their way to IndexedDB meanwhile.'
const START = 'Starting a worker and compiling SQLite takes some 65 ms, for everyone.'

/** Why a target cannot be reached, or is not yet, by whom or what it is about. docs/benchmarks.md has the measurements. */
export const MISSED: ReadonlyMap<string, string> = new Map([
  ['raw IndexedDB insert-rows', COPIES],
  ['raw IndexedDB all-rows', ROWS],
  ['raw IndexedDB point-awaited', TRIP],
  ['raw IndexedDB point-concurrent', CALLS],
  ['raw IndexedDB large-range', SHORT],
  ['raw IndexedDB join-lookup', TRIP],
  ['raw IndexedDB write-awaited', TRIP],
  ['absurd-sql insert-rows', COPIES],
  ['absurd-sql large-fill', COMPUTES],
  ['absurd-sql large-index', UNDER_WAY],
  ['absurd-sql large-range', INDEXED],
  ['absurd-sql large-group', COMPUTES],
  ['absurd-sql join-group', COMPUTES],
  ['absurd-sql point-cold', GETS],
  ['absurd-sql heap-open', HEAP],
  ['absurd-sql heap-load', HEAP],
  ['absurd-sql memory-open', RENDERER],
  ['absurd-sql memory-load', BLOCKS],
  ['absurd-sql memory-app', RENDERER],
  ['absurd-sql start-new', START],
  ['absurd-sql start-10', START],
  ['absurd-sql start-100', START],
  ['DataSync opfs start-new', START],
  ['DataSync opfs start-10', START],
  ['DataSync opfs start-100', START],
  ['DataSync indexeddb (jspi) start-new', START],
  ['DataSync indexeddb (jspi) start-10', START],
  ['DataSync indexeddb (jspi) start-100', START],
])
