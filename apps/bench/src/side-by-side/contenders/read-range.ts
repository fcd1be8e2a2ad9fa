import type { IndexRange } from '../record-store.ts'
import { resultOf } from './result-of.ts'

/** What Chromium has since its version 141, and TypeScript's library of the DOM has not. */
interface DirectedReads {
  getAll(options: DirectedOptions): IDBRequest<unknown[]>
  getAllKeys(options: DirectedOptions): IDBRequest<unknown[]>
}

interface DirectedOptions {
  readonly query: IDBKeyRange
  readonly count: number | undefined
  readonly direction: 'next' | 'prev'
}

type Part = 'records' | 'ids'

/** All at once where that can be asked for, or else one after another. */
export function readRange(index: IDBIndex, part: Part, range: IndexRange): Promise<readonly unknown[]> {
  const query = IDBKeyRange.bound(range.from, range.to)
  const count = range.limit
  if (range.isDescending !== true) {
    return part === 'ids' ? resultOf(index.getAllKeys(query, count)) : resultOf(index.getAll(query, count))
  }
  // It came together with the options, which cannot be asked for.
  if (!('getAllRecords' in index)) return readBackwards(index, part, query, count ?? Infinity)
  const directed = index as unknown as DirectedReads
  const options: DirectedOptions = { query, count, direction: 'prev' }
  return resultOf(part === 'ids' ? directed.getAllKeys(options) : directed.getAll(options))
}

function readBackwards(
  index: IDBIndex,
  part: Part,
  query: IDBKeyRange,
  limit: number,
): Promise<readonly unknown[]> {
  return new Promise((resolve, reject) => {
    const found: unknown[] = []
    const request = part === 'ids' ? index.openKeyCursor(query, 'prev') : index.openCursor(query, 'prev')
    request.addEventListener('error', () => reject(request.error ?? new Error('a request failed')))
    request.addEventListener('success', () => {
      const cursor = request.result
      if (cursor === null || found.length >= limit) return resolve(found)
      found.push(cursor instanceof IDBCursorWithValue ? cursor.value : cursor.primaryKey)
      if (found.length === limit) return resolve(found)
      cursor.continue()
    })
  })
}
