import type { DatabaseFiles } from './block-store.ts'
import { damageError } from './damage-error.ts'
import { HEADER_SIZE, isDatabase, statedSize } from './database-header.ts'
import { countFrames, readLogHeader } from './log-reader.ts'
import type { Noted } from './log-witness.ts'

/**
 * Compares the files of a database that is about to be opened with what its witness noted. Afterwards
 * would be too late: SQLite goes on from the last frame that it can read, and writes over the rest.
 *
 * @throws DataSyncError `corrupt`, having changed nothing
 */
export function assertIntact(files: DatabaseFiles, noted: Noted | undefined, title: string): void {
  // An interrupted write outside of the log, as the first one is, is about to be undone.
  if (files.journal.size() > 0) return
  assertWhole(files, noted?.pageSize ?? 0, title)
  if (noted !== undefined && noted.frames > 0) assertLog(files, noted, title)
}

/** `least` is how many bytes there must be, whatever the file says. */
function assertWhole({ main, wal }: DatabaseFiles, least: number, title: string): void {
  const size = main.size()
  const header = new Uint8Array(HEADER_SIZE)
  main.read(header, 0)
  // Pages that the log has may not have been written yet.
  const isStated = wal.size() === 0 && isDatabase(header)
  const expected = isStated ? Math.max(least, HEADER_SIZE, statedSize(header)) : least
  if (size >= expected) return
  throw damageError(`The file of ${title} has ${size} bytes of ${expected}: it is cut short.`)
}

function assertLog({ wal }: DatabaseFiles, { salt, frames }: Noted, title: string): void {
  const header = readLogHeader(wal)
  // Begun anew since: what it held is in the database.
  if (header !== undefined && header.salt !== salt) return
  const found = header === undefined ? 0 : countFrames(wal, header, frames)
  if (found === frames) return
  throw damageError(
    `The log of ${title} is damaged: ${found} of ${frames} frames can be read, and what was committed in the others is lost.`,
  )
}
