import { DataSyncError } from '../../../errors.ts'
import { hasErrorName } from '../error-name.ts'
import { createStores, FORMAT } from './schema.ts'

/** Milliseconds. Some browsers never answer where their storage is broken. */
const PATIENCE = 10_000

/**
 * Connects to an IndexedDB database. Where there is none, one is made, unless it `isExpected`: then
 * none is left behind.
 *
 * @throws DataSyncError `database-lost`, `format-newer` or `database-in-use`; DOMException
 */
export function connect(name: string, isExpected: boolean): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    let refusal: unknown
    let isOver = false
    let isBlocked = false
    const request = indexedDB.open(name, FORMAT)
    const timer = setTimeout(() => {
      isOver = true
      reject(
        isBlocked
          ? new DataSyncError('database-in-use', `Another tab keeps ${name} from being opened.`)
          : new DOMException(`no answer within ${PATIENCE} ms`, 'TimeoutError'),
      )
    }, PATIENCE)
    request.addEventListener('blocked', () => {
      isBlocked = true
    })
    request.addEventListener('upgradeneeded', ({ oldVersion }) => {
      try {
        if (isOver) throw new Error('nobody waits for it any more')
        if (oldVersion === 0 && isExpected) throw databaseLost(name)
        createStores(request.result)
      } catch (error) {
        refusal = error
        request.transaction?.abort()
      }
    })
    request.addEventListener('success', () => {
      clearTimeout(timer)
      if (isOver) request.result.close()
      else resolve(request.result)
    })
    request.addEventListener('error', () => {
      clearTimeout(timer)
      reject(refusal ?? openingError(name, request.error))
    })
  })
}

export function databaseLost(name: string): DataSyncError {
  return new DataSyncError('database-lost', `${name} was there before and is gone from IndexedDB.`)
}

function openingError(name: string, cause: unknown): unknown {
  if (!hasErrorName(cause, 'VersionError')) return cause
  return new DataSyncError('format-newer', `${name} was stored by a newer version of DataSync.`, {}, cause)
}
