import { PageFault } from './page-source.ts'
import { PAUSE, type SlicedTask } from './sliced-task.ts'
import type { Survey } from './survey.ts'

/** Claims the free pages, as far as their list can be followed. */
export function* walkFreeList(survey: Survey): SlicedTask<void> {
  const { firstTrunk, freeCount, usableSize } = survey.header
  let count = 0
  let trunk = firstTrunk
  while (trunk !== 0) {
    yield PAUSE
    if (!survey.claim(trunk, 'free')) break
    count++
    const bytes = yield* survey.read(trunk)
    if (bytes instanceof PageFault) break
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    const leaves = view.getUint32(4)
    if (leaves > usableSize / 4 - 2) {
      survey.noteFault(trunk, 'it lists more free pages than it has room for')
      break
    }
    for (let index = 0; index < leaves; index++) {
      if (survey.claim(view.getUint32(8 + 4 * index), 'free')) count++
      else survey.noteFault(trunk, 'it lists a page as free that is not there or is used')
    }
    trunk = view.getUint32(0)
  }
  survey.isFreeListWhole = trunk === 0 && count === freeCount
}
