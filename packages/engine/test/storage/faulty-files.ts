import type { BlockFile, DatabaseFiles } from '../../src/worker/storage/block-store.ts'

export type FileOperation = 'read' | 'write' | 'truncate' | 'size' | 'sync'

/** Which calls fail, counted over all files of a database, and with what. */
export interface FaultPlan {
  /** The first call to fail, counted from 1 among those of `operations`. */
  readonly from: number
  /** Only that one, or every one after it too. */
  readonly lasting: boolean
  readonly operations: readonly FileOperation[]
  readonly error: () => unknown
}

/** Files that work until the plan says otherwise. */
export class FaultyFiles {
  readonly files: DatabaseFiles
  /** Calls that failed so far. */
  failures = 0
  readonly #plan: FaultPlan
  #repaired = false
  #calls = 0

  constructor(files: DatabaseFiles, plan: FaultPlan) {
    this.#plan = plan
    this.files = {
      main: this.#wrap(files.main),
      wal: this.#wrap(files.wal),
      journal: this.#wrap(files.journal),
      incoming: this.#wrap(files.incoming),
    }
  }

  /** Lets every call succeed from now on. */
  repair(): void {
    this.#repaired = true
  }

  /** Goes on with the plan. */
  breakAgain(): void {
    this.#repaired = false
  }

  #wrap(file: BlockFile): BlockFile {
    return {
      read: (into, offset) => {
        this.#call('read')
        return file.read(into, offset)
      },
      write: (from, offset) => {
        this.#call('write', () => {
          // A write that fails may have got some way.
          file.write(from.subarray(0, Math.floor(from.length / 2)), offset)
        })
        file.write(from, offset)
      },
      truncate: (size) => {
        this.#call('truncate')
        file.truncate(size)
      },
      size: () => {
        this.#call('size')
        return file.size()
      },
      sync: () => {
        this.#call('sync')
        return file.sync()
      },
    }
  }

  #call(operation: FileOperation, onFailure?: () => void): void {
    const plan = this.#plan
    if (this.#repaired || !plan.operations.includes(operation)) return
    this.#calls++
    if (this.#calls < plan.from || (this.#calls > plan.from && !plan.lasting)) return
    this.failures++
    onFailure?.()
    throw plan.error()
  }
}
