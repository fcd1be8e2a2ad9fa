import type { DatabaseFiles } from '../../src/worker/storage/block-store.ts'
import { endOfCommit } from '../../src/worker/storage/end-of-commit.ts'
import { GatheredFile } from '../../src/worker/storage/gathered-file.ts'

/** The files as the origin private file system has them: what is written one after another is written at once. */
export function gatheredFiles<Files extends DatabaseFiles>(files: Files): Files {
  return { ...files, main: new GatheredFile(files.main), wal: new GatheredFile(files.wal, endOfCommit()) }
}
