import { DataSyncError, type Database } from '@datasync/engine'
import { assertUnused } from './assert-unused.ts'
import { MARK_TABLE, markScript, readMark } from './import-mark.ts'
import type { OldDatabase, OldFiles } from './old-database.ts'
import type { OldImportOptions, OldImportOutcome } from './old-import-options.ts'
import { ImportStreams } from './import-streams.ts'

/** Milliseconds to wait for the lock of an old library. */
const TIMEOUT = 10_000

/**
 * Imports a database of another library: in one commit, of which the mark that it was done is a part, so that
 * an import that is cut off has done nothing and begins anew. Tabs take turns: the first one does it.
 */
export async function importOldDatabase(
  db: Database,
  old: OldDatabase,
  options: OldImportOptions = {},
): Promise<OldImportOutcome> {
  checkOptions(options)
  const { timeout = TIMEOUT, signal } = options
  const lock = { mode: 'exclusive', ...(signal === undefined ? {} : { signal }) } as const
  return navigator.locks
    .request(`datasync-import:${db.name}`, lock, async () => {
      const mark = (options.once ?? true) ? await readMark(db, old.id) : undefined
      if (mark !== undefined && options.removeOld !== true) return ALREADY
      const outcome = await old.open({ timeout, signal }, async (files) => {
        if (mark !== undefined) return mayRemove(mark, files)
        if (files !== undefined) return importFiles(db, old, files, options)
        return nothingFound(old, options)
      })
      if (outcome.status === 'nothing-found' || options.removeOld !== true) return outcome
      if (outcome.status === 'already-imported' && !outcome.removedOld) return outcome
      await assertStored(db, signal)
      return { ...outcome, removedOld: await old.remove() }
    })
    .catch((error: unknown) => {
      throw signal?.aborted === true && !(error instanceof DataSyncError)
        ? new DataSyncError('aborted', 'The import was aborted.', {}, signal.reason)
        : error
    })
}

const ALREADY: OldImportOutcome = { status: 'already-imported', removedOld: false }

/** What the old library has written since the import is nowhere else. */
async function mayRemove(mark: string, files: OldFiles | undefined): Promise<OldImportOutcome> {
  return { status: 'already-imported', removedOld: files !== undefined && (await files.state()) === mark }
}

function nothingFound(old: OldDatabase, { optional }: OldImportOptions): OldImportOutcome {
  if (optional === true) return { status: 'nothing-found' }
  throw new DataSyncError('import-missing', `There is no ${old.label}.`)
}

async function importFiles(
  db: Database,
  old: OldDatabase,
  files: OldFiles,
  options: OldImportOptions,
): Promise<OldImportOutcome> {
  if (options.replace !== true) await assertUnused(db)
  const state = await files.state()
  const { signal } = options
  const streams = new ImportStreams(files, options, async () => {
    if ((await files.state()) === state) return
    throw new DataSyncError('import-unfinished', `The ${old.label} was written to while it was read.`)
  })
  const { main, journal, wal, totalBytes } = streams
  try {
    const { rows = new Map<string, number>() } = await db.import(main, {
      journal,
      wal,
      prepare: prepareScript(old, state, options),
      countRows: true,
      signal,
    })
    const counted = new Map([...rows].filter(([table]) => table !== MARK_TABLE))
    return { status: 'imported', rows: counted, bytes: totalBytes, removedOld: false }
  } catch (error) {
    throw asDamage(old, error)
  }
}

function prepareScript(old: OldDatabase, state: string, options: OldImportOptions): string {
  const { schemaVersion, prepare = '', once = true } = options
  const version = schemaVersion === undefined ? '' : `pragma user_version = ${schemaVersion};`
  // On lines of their own, after a comment too.
  return [version, prepare, ';', once ? markScript(old.id, state) : ''].join('\n')
}

/** Every block is read back from where it is stored, before that is all there is. */
async function assertStored(db: Database, signal: AbortSignal | undefined): Promise<void> {
  await db.drain()
  const { ok } = await db.verify({ full: true }, signal === undefined ? {} : { signal })
  if (ok) return
  throw new DataSyncError('import-unfinished', 'What was stored is damaged, as db.verify() tells.')
}

function asDamage(old: OldDatabase, error: unknown): unknown {
  const isDamage =
    error instanceof DataSyncError && (error.code === 'corrupt' || error.code === 'not-a-database')
  if (!isDamage) return error
  return new DataSyncError(
    'import-damaged',
    `The ${old.label} is damaged: ${error.sentence}`,
    error.detail,
    error,
  )
}

function checkOptions({ schemaVersion, timeout }: OldImportOptions): void {
  if (schemaVersion !== undefined && !Number.isSafeInteger(schemaVersion)) {
    throw new DataSyncError('invalid-argument', '`schemaVersion` is a number of migrations.')
  }
  if (timeout !== undefined && !(timeout > 0 && timeout < 2 ** 31)) {
    throw new DataSyncError('invalid-argument', '`timeout` is a number of milliseconds, above 0.')
  }
}
