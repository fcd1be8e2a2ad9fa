import { assertIntact } from './assert-intact.ts'
import type { DatabaseFiles } from './block-store.ts'
import { CheckedLog } from './checked-log.ts'
import { ChecksummedFile } from './checksummed-file.ts'
import { LogWitness, readNoted } from './log-witness.ts'
import { WitnessFile, type WitnessStorage } from './witness-file.ts'

/**
 * Has the files of a database watched, so that bytes which are not those that were written are an error
 * and nothing else. `title` is what errors call the database.
 *
 * @throws DataSyncError `corrupt` if something is missing already
 */
export function guardFiles(files: DatabaseFiles, witnessFile: WitnessStorage, title: string): DatabaseFiles {
  const file = new WitnessFile(witnessFile)
  const noted = readNoted(file)
  assertIntact(files, noted, title)
  const main = new ChecksummedFile(files.main, title, noted?.hasSums ?? false)
  const witness = new LogWitness(file, noted, () => main.hasSums)
  return { ...files, main, wal: new CheckedLog(files.wal, witness, title) }
}
