import { DataSyncError } from '@datasync/engine'
import { blobPieces } from '../blob-pieces.ts'
import { fileState } from '../file-state.ts'
import type { OldDatabase, OldFiles } from '../old-database.ts'
import { decodeStored } from './decode-stored.ts'
import type { SqlJsSource } from './sql-js-source.ts'
import { placeOf, type StoredPlace } from './stored-place.ts'

const HEAD = 100

/** A database of sql.js, of which there is nothing but what an app has kept of it. */
export function sqlJsDatabase(source: SqlJsSource): OldDatabase {
  const place = placeOf(source)
  const label = `database of sql.js in ${place.label}`
  return {
    id: `sql.js ${place.label}`,
    label,
    open: async (_access, use) => use(await readFiles(place, label)),
    remove: place.remove,
  }
}

async function readFiles(place: StoredPlace, label: string): Promise<OldFiles | undefined> {
  const blob = await readBlob(place, label)
  if (blob === undefined) return undefined
  const head = new Uint8Array(await blob.slice(0, HEAD).arrayBuffer())
  return {
    main: { size: blob.size, read: () => blobPieces(blob) },
    // It was read as a whole.
    state: async () => fileState(head, [blob.size]),
  }
}

async function readBlob(place: StoredPlace, label: string): Promise<Blob | undefined> {
  const value = await place.read()
  if (value === undefined || value === null) return undefined
  const blob = decodeStored(value)
  if (blob === undefined) {
    throw new DataSyncError('import-damaged', `The ${label} is kept in a form that is not known.`)
  }
  return blob.size > 0 ? blob : undefined
}
