import type { DatabaseSettings } from '../database/database-options.ts'
import { type DoctorFinding, toFinding } from './finding.ts'
import { startQuietTimer } from '../quiet-timer.ts'

/** Milliseconds after which storage that has not answered is taken for unusable. */
const PATIENCE = 2000

/** Whether the page may keep anything, where it is to. */
export async function checkStorage({ storage }: DatabaseSettings): Promise<readonly DoctorFinding[]> {
  if (storage === 'memory') return []
  const [files, indexedDb] = await Promise.all([whyNot(tryFiles), whyNot(tryIndexedDb)])
  if (!globalThis.isSecureContext) return [describeInsecure()]
  if (files !== undefined && indexedDb !== undefined) return [describeBlocked(indexedDb)]
  if (indexedDb !== undefined && storage === 'indexeddb') return [describeBlocked(indexedDb)]
  if (files !== undefined && storage !== 'indexeddb') return [describeRefused(files, storage)]
  return []
}

/** Why something does not work; undefined if it does. */
async function whyNot(attempt: () => Promise<unknown>): Promise<string | undefined> {
  const timeout = new Promise<never>((_, reject) => {
    startQuietTimer(() => reject(new Error('no answer')), PATIENCE)
  })
  try {
    await Promise.race([attempt(), timeout])
    return undefined
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  }
}

async function tryFiles(): Promise<void> {
  await navigator.storage.getDirectory()
}

/** A database of this name is made and removed. */
const PROBE = 'datasync-doctor'

async function tryIndexedDb(): Promise<void> {
  const name = `${PROBE}-${Math.random()}`
  const database = await settled(indexedDB.open(name))
  database.close()
  await settled(indexedDB.deleteDatabase(name))
}

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('no reason given')))
  })
}

function describeInsecure(): DoctorFinding {
  return toFinding('error', {
    code: 'insecure-context',
    sentence: `The page at ${location.origin} did not come by a secure connection: browsers keep locks and files from it.`,
    remedy: 'Serve the page by HTTPS. While developing, open it as http://localhost.',
  })
}

function describeBlocked(reason: string): DoctorFinding {
  const isSandboxed = globalThis.origin === 'null'
  return toFinding('error', {
    code: 'storage-blocked',
    sentence: isSandboxed
      ? 'The page is in a frame that has no origin of its own, and may keep nothing.'
      : `The browser lets this site keep nothing (${reason}).`,
    remedy: isSandboxed
      ? 'Add `allow-same-origin` to the attribute `sandbox` of the frame.'
      : "Ask the user to allow cookies and site data for this site, or to leave the private window. Pass storage: 'memory' if losing the data is acceptable.",
  })
}

function describeRefused(reason: string, storage: 'auto' | 'opfs'): DoctorFinding {
  const isWorking = storage === 'auto'
  const isMissing =
    typeof (navigator.storage as Partial<StorageManager> | undefined)?.getDirectory !== 'function'
  const warning = isMissing ? '' : ' What a private window keeps is gone when it is closed; tell the user.'
  return toFinding(isWorking ? 'warning' : 'error', {
    code: 'opfs-refused',
    sentence: isMissing
      ? 'This browser has no origin private file system.'
      : `The browser refuses the origin private file system here, as private windows do (${reason}).`,
    remedy: isWorking
      ? `Nothing need be done: IndexedDB is used instead.${warning}`
      : "Open the database with storage: 'auto', which takes IndexedDB then.",
  })
}
