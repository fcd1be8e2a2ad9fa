/** Databases of so many megabytes, which are opened after the browser was started anew. */
export const ENTRIES_PER_MEGABYTE = 1000
const BODY = 1000

export const CREATE_ENTRY = 'create table entry (id integer primary key, value integer, body text)'
export const ENTRY_COLUMNS = ['id', 'value', 'body'] as const
export const ENTRY_TABLES = [{ name: 'entry', indexes: [] }] as const

export interface Entry {
  readonly id: number
  readonly value: number
  readonly body: string
}

/** A thousand characters that look random, so that no storage makes them smaller than the others'. */
export function entryOf(id: number): Entry {
  let state = id
  let body = ''
  while (body.length < BODY) {
    state = nextRandom(state)
    body += state.toString(36)
  }
  return { id, value: (id * 7919) % 10_007, body: body.slice(0, BODY) }
}

export function isEntry(row: Readonly<Record<string, unknown>> | undefined, id: number): boolean {
  const { value, body } = entryOf(id)
  return row?.['id'] === id && row['value'] === value && row['body'] === body
}

/** Marsaglia's xorshift: never 0 if it did not begin there. */
function nextRandom(state: number): number {
  let next = state
  next ^= next << 13
  next ^= next >>> 17
  next ^= next << 5
  return next >>> 0
}
