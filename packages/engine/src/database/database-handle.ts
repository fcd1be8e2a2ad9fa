import type { BegunTransaction } from '../transaction/begin-transaction.ts'
import type { Database, ExplicitTransaction, Transaction, TransactionOptions } from '../handle.ts'
import type { RequestType } from '../link/protocol.ts'
import type { SharedDatabase } from './shared-database.ts'
import type { SqlParameters } from '../values.ts'
import type { ObserveOptions, PagesObserver, QueryObserver } from '../live/snapshot.ts'
import { checkPageOptions, type PageOptions } from '../live/page-options.ts'
import { pagesObserver } from '../live/pages-observer.ts'
import type { StatementInput } from '../statement-input.ts'
import { beginTransaction, runTransaction } from '../transaction/begin-transaction.ts'
import { assertDatabaseName } from '../database-name.ts'
import { ASYNC_DISPOSE } from '../dispose-symbols.ts'
import { DataSyncError } from '../errors.ts'
import type { LiveQuery } from '../live/live-query.ts'
import { SEED, type Seedable } from '../live/seed.ts'
import { createExecutor } from '../calls/executor.ts'
import { repairDatabase, salvageDatabase, verifyDatabase } from './damage.ts'
import { exportDatabase } from './export-database.ts'
import { forgetStorage } from './remembered-storage.ts'
import { valueOf } from '../link/value-of.ts'
import { createPreparedStatement } from '../calls/prepared-statement.ts'
import { toStatement } from '../calls/to-statement.ts'

/** Requests that wait while a transaction holds the writer. */
const WAITING: ReadonlySet<RequestType> = new Set<RequestType>(['statement', 'script', 'batch', 'streamOpen'])

/** One handle of a database. `release` is called once, as it is closed. */
export function createDatabaseHandle(
  shared: SharedDatabase,
  release: () => Promise<void>,
): Database & Seedable {
  const { link, live, changes, syncs, guard, attached } = shared
  const listening = new Set<() => void>()
  let closing: Promise<void> | undefined

  const checkOpen = (method: string): void => {
    if (closing === undefined) return
    throw new DataSyncError('closed', `${method}() was called on a handle that was closed.`)
  }
  const check = (method: string): void => {
    checkOpen(method)
    guard.check(undefined, method)
  }
  const executor = createExecutor({
    transaction: undefined,
    check,
    request: (type, payload, options) => {
      if (WAITING.has(type) && options?.isRepeatable !== true) shared.noteWaitingCall()
      return link.request(type, payload, options)
    },
    watch: (promise) => promise,
    nextStream: shared.nextStream,
    closeStream: (stream, life) => link.request('streamClose', { stream }, { life }),
    life: () => link.life,
  })
  const untilClosed = (unsubscribe: () => void): (() => void) => {
    const stop = (): void => {
      listening.delete(stop)
      unsubscribe()
    }
    listening.add(stop)
    return stop
  }
  const observe = (
    method: string,
    statement: unknown,
    parameters: SqlParameters | undefined,
    pages?: PageOptions,
  ): LiveQuery => {
    const wire = toStatement(statement, parameters)
    // A component that is drawn again after the end keeps the rows that it had.
    const ended = link.isClosed ? live.find(wire, pages) : undefined
    if (ended === undefined) checkOpen(method)
    return ended ?? live.observe(wire, pages)
  }
  const close = (): Promise<void> => {
    if (closing === undefined) {
      for (const stop of listening) stop()
      closing = release()
    }
    return closing
  }

  return {
    ...executor,
    name: shared.name,
    status: shared.status.readable,
    liveQueries: live.reports,

    get ready() {
      return open()
    },

    observe: <Row>(statement: StatementInput<Row>, parameters?: SqlParameters, options?: ObserveOptions) =>
      unlessFailed(() => {
        const query = observe('observe', statement, parameters)
        if (options?.persist === true && shared.kept !== undefined) query.keepIn(shared.kept)
        return query as QueryObserver as QueryObserver<Row>
      }, shared.failedObserver),

    [SEED]: live.seed,

    observePages: <Row>(
      statement: StatementInput<Row>,
      parameters: SqlParameters | undefined,
      options: PageOptions,
    ) =>
      unlessFailed(() => {
        const query = observe('observePages', statement, parameters, checkPageOptions(options))
        return pagesObserver(query) as PagesObserver<Row>
      }, shared.failedPages),

    onChange: (listener, options) => {
      checkOpen('onChange')
      return untilClosed(changes.subscribe(listener, options))
    },

    onSync: (listener) => {
      checkOpen('onSync')
      return untilClosed(syncs.subscribe(listener))
    },

    onOutdated: (listener) => {
      checkOpen('onOutdated')
      return untilClosed(shared.onOutdated(listener))
    },

    drain: async () => {
      checkOpen('drain')
      valueOf(await link.request('sync', { cause: 'drain' }))
    },

    metrics: async () => {
      checkOpen('metrics')
      return shared.completeMetrics(valueOf(await link.request('metrics', null)))
    },

    prepare: <Row>(sql: string) => createPreparedStatement<Row>(executor, sql),

    transaction: async <T>(callback: (tx: Transaction) => Promise<T>, options?: TransactionOptions) => {
      check('transaction')
      return runTransaction(shared, callback, options)
    },

    begin: async (options) => {
      check('begin')
      return createExplicitTransaction(await beginTransaction(shared, options))
    },

    attach: async (name, options = {}) => {
      check('attach')
      assertDatabaseName(name)
      const { as: schema = name, signal } = options
      assertDatabaseName(schema)
      shared.noteWaitingCall()
      valueOf(await link.request('attach', { name, schema }, { signal }))
      attached.set(schema.toLowerCase(), { name, schema })
    },

    detach: async (schema, options) => {
      check('detach')
      assertDatabaseName(schema)
      shared.noteWaitingCall()
      valueOf(await link.request('detach', { schema }, { signal: options?.signal }))
      attached.delete(schema.toLowerCase())
    },

    export: async (options) => {
      checkOpen('export')
      return exportDatabase(link, shared.nextStream(), options?.signal)
    },

    import: async (source, options) => {
      check('import')
      return shared.importInTurn(source, options)
    },

    moveTo: async (storage) => {
      check('moveTo')
      if (storage !== 'opfs' && storage !== 'indexeddb') {
        throw new DataSyncError('invalid-argument', "A database is moved to 'opfs' or to 'indexeddb'.")
      }
      shared.noteWaitingCall()
      valueOf(await link.request('move', { storage }))
      shared.noteMoved(storage)
    },

    doctor: async () => {
      checkOpen('doctor')
      const { examineDatabase } = await import('../doctor/doctor.ts')
      return examineDatabase(shared)
    },

    verify: async (extent, options) => {
      checkOpen('verify')
      return verifyDatabase(link, extent, options?.signal)
    },

    repair: async (options) => {
      check('repair')
      shared.noteWaitingCall()
      return repairDatabase(link, options?.signal)
    },

    salvage: async (options) => {
      checkOpen('salvage')
      return salvageDatabase(link, options?.signal)
    },

    delete: async () => {
      checkOpen('delete')
      // First: rows that outlived it would be shown as those of the next database of its name.
      shared.kept?.forget()
      valueOf(await link.delete())
      forgetStorage(shared.name)
      await close()
    },

    close,
    [ASYNC_DISPOSE]: close,
  }

  async function open(): Promise<void> {
    checkOpen('ready')
    valueOf(await link.open())
  }
}

function createExplicitTransaction({ state, level }: BegunTransaction): ExplicitTransaction {
  return {
    ...level.handle,
    commit: async () => void valueOf(await state.commit()),
    rollback: async () => void valueOf(await state.rollback()),
    [ASYNC_DISPOSE]: async () => {
      if (state.isOpen) await state.rollback()
    },
  }
}

/** To a component, a statement that cannot be asked is a query that failed. */
function unlessFailed<Observer>(
  observe: () => Observer,
  failed: (error: DataSyncError) => Observer,
): Observer {
  try {
    return observe()
  } catch (error) {
    if (error instanceof DataSyncError) return failed(error)
    throw error
  }
}
