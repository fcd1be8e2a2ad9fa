/** A page that is to be written, and what with. */
export interface WrittenPage {
  readonly page: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** SQLite leaves the last entries of a page alone, for versions of it that miscounted them. */
const UNUSED_ENTRIES = 8

/** The pages that list these as free, being some of them, and which of them is the first. */
export function listFreePages(
  free: readonly number[],
  pageSize: number,
  usableSize: number,
): { readonly first: number; readonly trunks: readonly WrittenPage[] } {
  const most = usableSize / 4 - UNUSED_ENTRIES
  const trunks: WrittenPage[] = []
  let next = 0
  for (let end = free.length; end > 0;) {
    const start = Math.max(0, end - most - 1)
    const [trunk = 0, ...leaves] = free.slice(start, end)
    const bytes = new Uint8Array(pageSize)
    const view = new DataView(bytes.buffer)
    view.setUint32(0, next)
    view.setUint32(4, leaves.length)
    leaves.forEach((leaf, index) => view.setUint32(8 + 4 * index, leaf))
    trunks.push({ page: trunk, bytes })
    next = trunk
    end = start
  }
  return { first: next, trunks }
}
