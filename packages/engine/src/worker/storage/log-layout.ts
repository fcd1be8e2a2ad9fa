/** Bytes before the first frame of a log (sqlite.org/fileformat2.html#walformat). */
export const LOG_HEADER_SIZE = 32
/** Bytes before the page of each frame. */
export const FRAME_HEADER_SIZE = 24
export const LOG_PAGE_SIZE_AT = 8
export const LOG_SALT_AT = 16
/** The size of the database in pages, in the last frame of each transaction; 0 in the others. */
export const FRAME_COMMIT_AT = 4
export const FRAME_SALT_AT = 8

/** Where the frame numbered `frame`, from 0, begins. */
export function frameOffset(frame: number, pageSize: number): number {
  return LOG_HEADER_SIZE + frame * (FRAME_HEADER_SIZE + pageSize)
}
