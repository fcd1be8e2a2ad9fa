import { parseBtreePage } from './btree-page.ts'
import { PageFault } from './page-source.ts'
import { readPayload } from './read-payload.ts'
import { readRecord } from './record.ts'
import { PAUSE, type SlicedTask } from './sliced-task.ts'
import type { Survey, Tree } from './survey.ts'

/** A row of SQLite's table of what there is, and where it stands. */
export interface SchemaEntry {
  readonly type: string
  readonly name: string
  readonly table: string
  /** 0 for what has no pages: a view, a trigger, a virtual table. */
  readonly root: number
  readonly sql: string | undefined
  readonly page: number
  readonly cell: number
}

/** The rows of the schema that can be read, once its tree was walked. */
export function* readSchema(survey: Survey, tree: Tree): SlicedTask<readonly SchemaEntry[]> {
  const entries: SchemaEntry[] = []
  for (const page of tree.leaves) {
    yield PAUSE
    const bytes = yield* survey.source.read(page)
    const parsed = bytes instanceof PageFault ? '' : parseBtreePage(bytes, page, survey.header.usableSize)
    if (bytes instanceof PageFault || typeof parsed === 'string') continue
    for (const [index, cell] of parsed.cells.entries()) {
      if (tree.brokenCells.get(page)?.has(index) === true) continue
      const [type, name, table, root, sql] = readRecord(yield* readPayload(survey, bytes, cell)) ?? []
      if (typeof type !== 'string' || typeof name !== 'string' || typeof table !== 'string') {
        survey.noteFault(page, 'one of its rows is no definition')
        continue
      }
      entries.push({
        type,
        name,
        table,
        root: typeof root === 'number' ? root : 0,
        sql: typeof sql === 'string' ? sql : undefined,
        page,
        cell: index,
      })
    }
  }
  return entries
}
