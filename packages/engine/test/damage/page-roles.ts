import { parseBtreePage } from '../../src/worker/damage/btree-page.ts'
import type { EngineClient } from '../support/engine-client.ts'

const PAGE_SIZE = 4096

/** Where SQLite itself says that a table or an index has its pages. */
export interface PageRole {
  readonly page: number
  readonly name: string
  readonly kind: 'leaf' | 'internal' | 'overflow'
}

export async function pageRoles(client: EngineClient): Promise<readonly PageRole[]> {
  const rows = await client.query('select pageno, name, pagetype from dbstat order by pageno')
  return rows.map(({ pageno, name, pagetype }) => ({
    page: Number(pageno),
    name: String(name),
    kind: pagetype as PageRole['kind'],
  }))
}

/** Which rows stand on which pages of a table with rowids, overflow pages included: read from a whole file. */
export function rowsByPage(file: Uint8Array, root: number): ReadonlyMap<number, ReadonlySet<bigint>> {
  const rows = new Map<number, Set<bigint>>()
  const pageAt = (page: number): Uint8Array => file.subarray((page - 1) * PAGE_SIZE, page * PAGE_SIZE)
  const visit = (page: number): readonly bigint[] => {
    const parsed = parseBtreePage(pageAt(page), page, PAGE_SIZE)
    if (typeof parsed === 'string') throw new Error(parsed)
    const below = parsed.isLeaf
      ? []
      : [...parsed.cells.map(({ child }) => child), parsed.rightChild].flatMap(visit)
    const own = parsed.isLeaf ? parsed.cells.map(({ rowid }) => rowid) : below
    rows.set(page, new Set(own))
    for (const { overflow, rowid } of parsed.isLeaf ? parsed.cells : []) {
      for (let next = overflow; next !== 0;) {
        rows.set(next, new Set([rowid]))
        const bytes = pageAt(next)
        next = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
      }
    }
    return own
  }
  visit(root)
  return rows
}
