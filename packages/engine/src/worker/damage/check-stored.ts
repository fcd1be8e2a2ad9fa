import type { DatabaseFiles } from '../storage/block-store.ts'
import { waitFor } from '../task.ts'
import { PAUSE, type SlicedTask } from './sliced-task.ts'
import type { Survey } from './survey.ts'

/** Blocks that are checked between two pauses. */
const BLOCKS_AT_ONCE = 64

/** Checks what is stored where pages are read from memory: all blocks, or that of one page. */
export function* checkStored(survey: Survey, files: DatabaseFiles, only?: number): SlicedTask<void> {
  if (files.checkBlocks === undefined) return
  const end = only ?? survey.pageCount
  const step = only === undefined ? BLOCKS_AT_ONCE : 1
  for (let block = (only ?? 1) - 1; block < end; block += step) {
    yield PAUSE
    const faults = yield* waitFor(files.checkBlocks(block, Math.min(step, end - block)))
    for (const fault of faults) survey.noteFault(fault.block + 1, fault.reason)
  }
}
