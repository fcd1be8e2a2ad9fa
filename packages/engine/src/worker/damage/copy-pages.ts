import type { BlockFile } from '../storage/block-store.ts'
import { PageFault, type PageSource } from './page-source.ts'
import { PAUSE, type SlicedTask } from './sliced-task.ts'

/** Copies the pages that can be read; answers with why the others cannot be. */
export function* copyPages(
  pages: PageSource,
  pageSize: number,
  to: BlockFile,
): SlicedTask<ReadonlyMap<number, string>> {
  const lost = new Map<number, string>()
  to.truncate(0)
  to.truncate(pages.pageCount * pageSize)
  for (let page = 1; page <= pages.pageCount; page++) {
    yield PAUSE
    const bytes = yield* pages.read(page)
    if (bytes instanceof PageFault) lost.set(page, bytes.reason)
    else to.write(bytes, (page - 1) * pageSize)
  }
  return lost
}
