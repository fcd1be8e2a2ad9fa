import type { BlockFile } from './block-store.ts'
import {
  FRAME_HEADER_SIZE,
  FRAME_SALT_AT,
  frameOffset,
  LOG_HEADER_SIZE,
  LOG_PAGE_SIZE_AT,
  LOG_SALT_AT,
} from './log-layout.ts'
import { addToSum, wordsOf, type Sum } from './page-sum.ts'

/** What a log begins with whose sums were made on a little-endian machine: all of ours. */
const MAGIC = 0x377f0682
const HEADER_SUM_AT = 24
const FRAME_SUM_AT = 16
/** About 256 KiB. */
const FRAMES_PER_READ = 64

export interface LogHeader {
  readonly salt: bigint
  readonly pageSize: number
  /** Where the sums of the frames go on from. */
  readonly sum: Sum
}

/** The header of a log; undefined if it is damaged or there is none. */
export function readLogHeader(log: BlockFile): LogHeader | undefined {
  const bytes = new Uint8Array(LOG_HEADER_SIZE)
  if (log.read(bytes, 0) < LOG_HEADER_SIZE) return undefined
  const view = new DataView(bytes.buffer)
  const sum: Sum = { first: 0, second: 0 }
  addToSum(sum, wordsOf(bytes), 0, HEADER_SUM_AT / 4)
  if (view.getUint32(0) !== MAGIC || !endsIn(view, HEADER_SUM_AT, sum)) return undefined
  return { salt: view.getBigUint64(LOG_SALT_AT, true), pageSize: view.getUint32(LOG_PAGE_SIZE_AT), sum }
}

/** How many frames, up to `most`, are as they were written: as many as SQLite would take over. */
export function countFrames(log: BlockFile, { salt, pageSize, sum }: LogHeader, most: number): number {
  const frameSize = FRAME_HEADER_SIZE + pageSize
  const bytes = new Uint8Array(frameSize * FRAMES_PER_READ)
  const [words, view] = [wordsOf(bytes), new DataView(bytes.buffer)]
  const running = { ...sum }
  for (let frame = 0; frame < most; frame++) {
    const at = (frame % FRAMES_PER_READ) * frameSize
    // What is missing of a short read is left from before, and does not go on the sum.
    if (at === 0) log.read(bytes, frameOffset(frame, pageSize))
    const page = at + FRAME_HEADER_SIZE
    addToSum(running, words, at / 4, (at + FRAME_SALT_AT) / 4)
    addToSum(running, words, page / 4, (page + pageSize) / 4)
    const isWhole = frameOffset(frame + 1, pageSize) <= log.size()
    const isOurs = view.getBigUint64(at + FRAME_SALT_AT, true) === salt
    if (!isWhole || !isOurs || !endsIn(view, at + FRAME_SUM_AT, running)) return frame
  }
  return most
}

/** Sums stand in the log with their high bytes first. */
function endsIn(view: DataView, offset: number, { first, second }: Sum): boolean {
  return view.getInt32(offset) === first && view.getInt32(offset + 4) === second
}
