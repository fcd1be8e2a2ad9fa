/** What is stored and read, the same for everyone: made by rules, so that all of it can be checked. */
export type Size = 1 | 10 | 100

/** What each means for whom is printed by `runner/report-block-storage.ts`. */
export type Durability = 'strict' | 'relaxed' | 'none'

export const SIZES: readonly Size[] = [1, 10, 100]

export const ITEMS = 10_000
/** Commits before those that are measured, until the code of everyone is compiled. */
export const WARM_UP = 50
export const COMMITS = 300
export const SAMPLES = 50_000
export const POINT_READS = 1000

/** Bytes in the body of an entry, of which a thousand make about a megabyte. */
export const BODY = 1000
export const ENTRIES_PER_MEGABYTE = 1000

export const CREATE_ITEM =
  'create table if not exists item (id integer primary key, name text, version integer)'
export const FILL_ITEM = `
  with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ITEMS})
  insert into item select i, 'item ' || i, 0 from n`
export const UPDATE_ITEM = 'update item set version = version + 1 where id = ?'
export const SUM_ITEMS = 'select count(*), sum(version) from item'

/** About three megabytes. Its text looks random, so that no storage makes it smaller than the others'. */
export const CREATE_SAMPLE = 'create table sample (id integer primary key, value integer, text text)'
export const FILL_SAMPLE = `
  with recursive n(i) as (select 1 union all select i + 1 from n where i < ${SAMPLES})
  insert into sample
  select i, i * 7919 % 10007, printf('%08x%08x%08x%08x%08x', i * 2654435761 % 4294967296,
    i * 2246822519 % 4294967296, i * 3266489917 % 4294967296, i * 668265263 % 4294967296,
    i * 374761393 % 4294967296)
  from n`
export const SUM_SAMPLES = 'select count(*), sum(value), sum(length(text)) from sample'

export const CREATE_ENTRY =
  'create table if not exists entry (id integer primary key, value integer, body blob)'
/** A megabyte of entries: the first id, and all bodies one after another. */
export const FILL_ENTRY = `
  with recursive n(i) as (select 0 union all select i + 1 from n where i < ${ENTRIES_PER_MEGABYTE - 1})
  insert into entry select ?1 + i, (?1 + i) * 7919 % 10007, substr(?2, i * ${BODY} + 1, ${BODY}) from n`
export const COUNT_ENTRIES = 'select count(*), max(id) from entry'
export const SELECT_ENTRY = 'select id, value, body from entry where id = ?'
export const SELECT_FIRST_ENTRY = 'select id, value, body from entry limit 1'

export function valueOf(id: number): number {
  return (id * 7919) % 10_007
}

/** The row of each commit: far apart, so that no two in a row share a page. */
export function updatedItem(commit: number): number {
  return ((commit * 7919) % ITEMS) + 1
}

/** Different ids between 1 and `count`, in no order that storage could foresee. */
export function randomIds(count: number, seed: number): readonly number[] {
  const ids = new Set<number>()
  let state = seed * 7919 + 1
  while (ids.size < POINT_READS) {
    state = nextRandom(state)
    ids.add((state % count) + 1)
  }
  return [...ids]
}

/** Bytes that do not compress, told from those of any other seed. */
export function randomBytes(length: number, seed: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(length / 4))
  let state = seed
  for (let index = 0; index < words.length; index++) {
    state = nextRandom(state)
    words[index] = state
  }
  return new Uint8Array(words.buffer, 0, length)
}

export function isEqual(bytes: unknown, expected: Uint8Array): boolean {
  return (
    bytes instanceof Uint8Array &&
    bytes.length === expected.length &&
    bytes.every((byte, index) => byte === expected[index])
  )
}

/** Marsaglia's xorshift: never 0 if it did not begin there. */
function nextRandom(state: number): number {
  let next = state
  next ^= next << 13
  next ^= next >>> 17
  next ^= next << 5
  return next >>> 0
}
