const TRIP =
  'A message to a worker and back takes 0.07 ms, as long as a record of IndexedDB takes in the page.'
const CALLS =
  'Of the 0.02 ms of a call, most goes into its promise, its messages and its row object, not into SQLite.'
const COPIES =
  'Eighty thousand values have to be copied to a worker and bound there: the fastest of all takes 80 ms, absurd-sql.'
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
  'At first a quarter of the database is kept as blocks in the worker, beside the engine of the browser.'
const INDEXED = 'It takes a millisecond, as long as with all of the data in memory: SQLite computes.'
const TOGETHER =
  'The million rows are stored meanwhile, which were acknowledged at once: both together take 2.5 s, with absurd-sql 4.5.'
const ROWS_IN =
  'It is the first that the page does, and the browser compiles as it goes; done again, it takes less than half.'
const START =
  'A worker and SQLite with no storage at all take nine tenths of it, for us, and more by the official build.'
const START_NEW = 'The first files of a profile take the browser some 25 ms more than those that are there.'
const START_BLOCKS =
  'With no storage at all it takes six sevenths of that: opening IndexedDB and reading blocks add the seventh.'

/** Why a target cannot be reached, or is not yet, by whom or what it is about. docs/benchmarks.md has the measurements. */
export const MISSED: ReadonlyMap<string, string> = new Map([
  ['raw IndexedDB insert-rows', COPIES],
  ['raw IndexedDB all-rows', ROWS],
  ['raw IndexedDB point-awaited', TRIP],
  ['raw IndexedDB point-concurrent', CALLS],
  ['raw IndexedDB large-range', SHORT],
  ['raw IndexedDB join-lookup', TRIP],
  ['raw IndexedDB write-awaited', TRIP],
  ['absurd-sql insert-rows', ROWS_IN],
  ['absurd-sql large-fill', COMPUTES],
  ['absurd-sql large-index', TOGETHER],
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
  ['DataSync opfs start-new', START_NEW],
  ['DataSync opfs start-10', START],
  ['DataSync opfs start-100', START],
  ['DataSync indexeddb (jspi) start-new', START_NEW],
  ['DataSync indexeddb (jspi) start-10', START_BLOCKS],
  ['DataSync indexeddb (jspi) start-100', START_BLOCKS],
])
