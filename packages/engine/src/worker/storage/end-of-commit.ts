import { FRAME_COMMIT_AT, FRAME_HEADER_SIZE } from './log-layout.ts'

/**
 * Tells of the writes to a log, one after another, which end a transaction: the page of a frame that has the size of the
 * database in its header, be it written in parts. Frames are told by their headers, which is sure for synchronous=NORMAL:
 * with FULL, a part of a page can have the length of a header.
 */
export function endOfCommit(): (from: Uint8Array) => boolean {
  let isLast = false
  return (from) => {
    if (from.length !== FRAME_HEADER_SIZE) return isLast
    isLast = hasSize(from)
    return false
  }
}

function hasSize(header: Uint8Array): boolean {
  for (let at = FRAME_COMMIT_AT; at < FRAME_COMMIT_AT + 4; at++) if (header[at] !== 0) return true
  return false
}
