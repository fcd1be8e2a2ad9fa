import type { BadBlock, VerifyReport } from '../../link/damage-report.ts'
import type { BlockFile } from '../storage/block-store.ts'
import { PageFault } from './page-source.ts'
import { RawPages } from './raw-pages.ts'
import { PAUSE, type SlicedTask } from './sliced-task.ts'

const PAGE_SIZE = 4096

/**
 * Looks at the blocks of a file that SQLite does not know for a database, `reason` being why: which of
 * them cannot be read is all that can be told.
 */
export function* verifyRaw(main: BlockFile, file: string, reason: string): SlicedTask<VerifyReport> {
  const pages = new RawPages(main, PAGE_SIZE)
  const badBlocks: BadBlock[] = []
  for (let page = 1; page <= pages.pageCount; page++) {
    yield PAUSE
    const bytes = yield* pages.read(page)
    const fault = bytes instanceof PageFault ? bytes.reason : page === 1 ? reason : undefined
    if (fault === undefined) continue
    const owner = page === 1 ? ({ kind: 'schema' } as const) : undefined
    badBlocks.push({ file, block: page - 1, page, owner, reason: fault })
  }
  const unreached = Math.max(0, pages.pageCount - 1)
  const nothing = { integrity: [], foreignKeys: [], unchecked: [] }
  return { ...nothing, checked: pages.pageCount, badBlocks, unreached, ok: badBlocks.length === 0 }
}
