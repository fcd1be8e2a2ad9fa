import type { Cell } from './btree-page.ts'
import { PageFault } from './page-source.ts'
import type { Task } from '../task.ts'
import type { Survey } from './survey.ts'

/** All bytes of a record, those in other pages too. They must have been found whole. */
export function* readPayload(survey: Survey, bytes: Uint8Array, cell: Cell): Task<Uint8Array> {
  const payload = new Uint8Array(cell.payload)
  const localEnd = cell.isSpilled ? cell.end - 4 : cell.local + cell.payload
  payload.set(bytes.subarray(cell.local, localEnd))
  let done = localEnd - cell.local
  for (let page = cell.overflow; page !== 0 && done < payload.length;) {
    const rest = yield* survey.source.read(page)
    if (rest instanceof PageFault) break
    const count = Math.min(payload.length - done, survey.header.usableSize - 4)
    payload.set(rest.subarray(4, 4 + count), done)
    done += count
    page = new DataView(rest.buffer, rest.byteOffset).getUint32(0)
  }
  return payload
}
