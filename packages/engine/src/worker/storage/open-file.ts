import { LOCK_NONE, type LockHolder } from './file-locks.ts'
import type { VfsFile } from './vfs-file.ts'
import type { WalIndexHolder } from './wal-index.ts'

/** One opening of a file: what SQLite knows as a `sqlite3_file`. */
export class OpenFile implements LockHolder, WalIndexHolder {
  readonly file: VfsFile
  lock: number = LOCK_NONE
  sharedLocks = 0
  exclusiveLocks = 0
  usesWalIndex = false

  constructor(file: VfsFile) {
    this.file = file
    file.openCount++
  }

  /** Lets go of everything, in whatever state SQLite left it. */
  close(): void {
    this.file.walIndex.unmap(this)
    this.file.locks.unlock(this, LOCK_NONE)
    this.file.openCount--
  }
}
