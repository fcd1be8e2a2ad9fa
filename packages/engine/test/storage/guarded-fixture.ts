import { guardFiles } from '../../src/worker/storage/guard-files.ts'
import { MemoryFile } from '../../src/worker/storage/memory-file.ts'
import { contentOf } from './damage.ts'
import { copyOf, memoryFiles, mount, open, reserveSums, vfs } from './sqlite-fixture.ts'

export type GuardedFiles = ReturnType<typeof memoryFiles> & { readonly witness: MemoryFile }

export interface GuardedDatabase {
  readonly database: ReturnType<typeof open>
  readonly path: string
  readonly close: () => void
}

export function newFiles(): GuardedFiles {
  return { ...memoryFiles(), witness: new MemoryFile() }
}

export function copyFiles(files: GuardedFiles): GuardedFiles {
  const witness = new MemoryFile()
  witness.write(contentOf(files.witness), 0)
  return { ...(copyOf(files) as ReturnType<typeof memoryFiles>), witness }
}

/** Opens the database as the engine does; a new one with room for checksums, unless it is to have none. */
export function openGuarded(files: GuardedFiles, hasSums = true): GuardedDatabase {
  const path = mount(guardFiles(files, files.witness, '"shop"'))
  const database = open(path)
  const close = (): void => {
    database.close()
    vfs.unmount(path)
  }
  try {
    database.exec('pragma page_size = 4096')
    if (hasSums) reserveSums(database)
    database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma cache_size = 10')
    return { database, path, close }
  } catch (error) {
    close()
    throw error
  }
}
