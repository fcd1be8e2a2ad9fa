import { fileState } from '../file-state.ts'
import { deleteIndexedDb } from '../delete-indexeddb.ts'
import type { OldDatabase, OldFile, OldFiles } from '../old-database.ts'
import { BlockFile } from './block-file.ts'

/** absurd-sql has a database of IndexedDB for each file, and so for a journal. */
export function absurdDatabase(path: string): OldDatabase {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const journalName = `${name}-journal`
  const label = `database "${name}" of absurd-sql`
  return {
    id: `absurd-sql ${JSON.stringify(name)}`,
    label,

    open: async (access, use) => {
      const main = await BlockFile.open(name, label, access)
      const journal = await BlockFile.open(journalName, label, access).catch((error: unknown) => {
        main?.close()
        throw error
      })
      try {
        return await use(main === undefined ? undefined : filesOf(main, journal))
      } finally {
        main?.close()
        journal?.close()
      }
    },

    // A journal without its database is nothing; the other way round, the database would be another one.
    remove: async () => (await deleteIndexedDb(name)) && (await deleteIndexedDb(journalName)),
  }
}

function filesOf(main: BlockFile, journal: BlockFile | undefined): OldFiles {
  return {
    main: oldFile(main),
    journal: journal && oldFile(journal),
    state: async () => {
      const head = await main.head()
      const sizes = await Promise.all([main.readSize(), journal?.readSize() ?? 0])
      return fileState(head, sizes)
    },
  }
}

function oldFile(file: BlockFile): OldFile {
  return { size: file.size, read: () => file.pieces() }
}
