import { EXTENTS } from './schema.ts'
import { resultOf, transact } from './transaction.ts'

/** The longest run of extents that is asked for in one request. */
const LONGEST_RUN = 128

/** Those of the extents that there are, read in one transaction: each run of neighbours by one request. */
export async function readExtents(
  database: IDBDatabase,
  extents: readonly number[],
): Promise<ReadonlyMap<number, Uint8Array>> {
  const found = new Map<number, Uint8Array>()
  if (extents.length === 0) return found
  await transact(database, [EXTENTS], 'readonly', async (transaction) => {
    const store = transaction.objectStore(EXTENTS)
    const note = (extent: unknown, record: unknown): void => {
      if (typeof extent === 'number' && record instanceof Uint8Array) found.set(extent, record)
    }
    await Promise.all(
      runsOf(extents).map(async ([first, last]) => {
        if (first === last) {
          note(first, await resultOf<unknown>(store.get(first)))
          return
        }
        const range = IDBKeyRange.bound(first, last)
        const [keys, records] = await Promise.all([
          resultOf(store.getAllKeys(range)),
          resultOf<unknown[]>(store.getAll(range)),
        ])
        keys.forEach((key, index) => note(key, records[index]))
      }),
    )
  })
  return found
}

function runsOf(extents: readonly number[]): readonly (readonly [first: number, last: number])[] {
  const runs: [number, number][] = []
  for (const extent of extents.toSorted((a, b) => a - b)) {
    const run = runs.at(-1)
    if (run !== undefined && extent <= run[1]) continue
    if (run !== undefined && extent === run[1] + 1 && extent - run[0] < LONGEST_RUN) run[1] = extent
    else runs.push([extent, extent])
  }
  return runs
}
