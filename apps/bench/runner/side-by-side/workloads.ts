import { classicTests } from '../../src/side-by-side/tasks/classic/classic-statements.ts'
import type { Unit, Workload } from '../../src/side-by-side/workload.ts'
import type { Scale } from '../../src/side-by-side/scale.ts'

/** All that is measured, in the order in which it is shown. */
export function workloadsOf({ largeRows, megabytes }: Scale): readonly Workload[] {
  const rows = largeRows.toLocaleString('en')
  const largest = Math.max(...megabytes)
  return [
    ...group('Cold start', 'ms', {
      'start-new': 'fresh page to first row, new database',
      ...Object.fromEntries(
        megabytes.map((size) => [
          `start-${size}`,
          `fresh page to first row, existing database of ${size} MB`,
        ]),
      ),
    }),
    ...group('Bulk insert', 'ms', {
      'insert-rows': '10,000 rows of 8 columns from the page, one transaction',
      'large-fill': `${rows} rows made by SQL (or by the page, where there is none)`,
      'large-index': `an index over ${rows} rows`,
    }),
    ...group('Small writes', 'ms', { 'write-awaited': 'one-row update, each awaited before the next' }),
    ...group('Small writes', 'a second', { 'write-concurrent': 'one-row updates, 500 at once' }),
    ...group('Point reads', 'ms', {
      'point-awaited': 'row by primary key, each awaited before the next',
      'point-cold': `row by primary key, first read since ${largest} MB were opened`,
      'point-cached': 'the same row again and again',
    }),
    ...group('Point reads', 'a second', { 'point-concurrent': 'rows by primary key, 1,000 at once' }),
    ...group('Large table', 'ms', {
      'large-sum': `sum of a text column over ${rows} rows (absurd-sql’s own benchmark)`,
      'large-keys': '20 pages of 1,000 keys by offset (absurd-sql’s own benchmark)',
      'large-range': `count and sum of 1% of ${rows} rows, by an index`,
      'large-scan': `full scan of ${rows} rows for a text`,
      'large-group': `count and average in ten groups over ${rows} rows`,
    }),
    ...group('Join and group', 'ms', {
      'join-group': '50,000 orders with 1,000 customers, summed by country',
      'join-lookup': 'the newest 20 orders of a customer',
    }),
    ...group('Rows to the page', 'ms', { 'all-rows': '10,000 rows of 8 columns, as objects' }),
    ...group('Classic suite', 'ms', {
      'classic-total': 'all sixteen',
      ...Object.fromEntries(classicTests().map(({ id, name }) => [id, name])),
    }),
    ...group('Apps', 'ms', {
      'inbox-list': 'inbox: a folder of 10,000 messages opened, the newest 50 and what is unread',
      'inbox-search': 'inbox: the newest 50 messages with a word in their subject',
      'inbox-mark': 'inbox: a message marked as read, and the folder shown again',
      'spreadsheet-edit': 'spreadsheet: a cell and its 99 dependants changed, and 800 cells shown again',
      'spreadsheet-scroll': 'spreadsheet: another 800 of 10,000 cells',
      'map-fill': 'map: 50,000 cities from the page, with a spatial index',
      'map-pan': 'map: the cities of a viewport, while it moves over Europe',
    }),
    ...group('Memory', 'MB', {
      'memory-open': `renderer above an empty page, ${largest} MB opened and one row read`,
      'memory-load': `renderer above an empty page, all ${largest} MB scanned`,
      'memory-app': 'renderer above an empty page, the inbox open',
      'heap-open': `wasm heap, ${largest} MB opened and one row read`,
      'heap-load': `wasm heap, all ${largest} MB scanned`,
    }),
    ...group('Bytes downloaded', 'kB', { bytes: 'scripts and wasm of a page, compressed by brotli' }),
  ]
}

function group(name: string, unit: Unit, names: Readonly<Record<string, string>>): readonly Workload[] {
  return Object.entries(names).map(([id, text]) => ({ id, group: name, name: text, unit }))
}
