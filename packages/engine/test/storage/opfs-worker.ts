import type { Database, Sqlite3Static } from '@sqlite.org/sqlite-wasm'
import { DataSyncError } from '../../src/errors.ts'
import type { DatabaseFiles } from '../../src/worker/storage/block-store.ts'
import { OpfsStore } from '../../src/worker/storage/opfs-store.ts'
import { testOpfs } from '../../src/worker/storage/test-opfs.ts'
import { Vfs } from '../../src/worker/storage/vfs.ts'
import { checkBlockFile } from './block-file-model.ts'
import { intercept } from './indexeddb/intercept.ts'
import type { WorkerFailure, WorkerReply } from './opfs-client.ts'
import { loadOfficialSqlite } from '../support/official-sqlite.ts'

const scope = self as unknown as DedicatedWorkerGlobalScope
const store = new OpfsStore()
const opened = new Map<string, DatabaseFiles>()
let sqlite: { readonly sqlite3: Sqlite3Static; readonly vfs: Vfs } | undefined
let database: Database | undefined

/** What the test can have done here. */
const tasks = {
  testOpfs: () => testOpfs(),

  async open(name: string): Promise<void> {
    opened.set(name, await store.open(name))
  },

  async opensOnce(name: string): Promise<boolean> {
    const [first, second] = await Promise.all([store.open(name), store.open(name)])
    return first === second && second === (await store.open(name))
  },

  close: (name: string) => store.close(name),

  delete: (name: string) => store.delete(name),

  /** Deletes a database while the storage fails each truncation. */
  async deleteUntruncated(name: string): Promise<void> {
    const restore = intercept(FileSystemSyncAccessHandle.prototype, ['truncate'], () => {
      throw new Error('it cannot be truncated')
    })
    await store.delete(name).finally(restore)
  },

  /** Deletes a database until so many entries were removed, as if the worker were ended then. */
  async deleteInPart(name: string, most: number): Promise<void> {
    let removed = 0
    const restore = intercept(FileSystemDirectoryHandle.prototype, ['removeEntry'], (_, { proceed }) => {
      if (removed === most) throw new Error('it was cut short')
      removed++
      return proceed()
    })
    await store.delete(name).finally(restore)
  },

  /** How often the browser is asked for so many pages that are read one after another. */
  async countReads(name: string, pages: number): Promise<number> {
    const { main } = await store.open(name)
    main.write(new Uint8Array(pages * 4096), 0)
    let reads = 0
    const restore = intercept(FileSystemSyncAccessHandle.prototype, ['read'], (_, { proceed }) => {
      reads++
      return proceed()
    })
    const page = new Uint8Array(4096)
    for (let at = 0; at < pages; at++) main.read(page, at * 4096)
    restore()
    return reads
  },

  async write(name: string, text: string): Promise<void> {
    const { main } = await store.open(name)
    main.write(new TextEncoder().encode(text), 0)
    await main.sync()
  },

  async read(name: string): Promise<string> {
    const { main } = await store.open(name)
    const bytes = new Uint8Array(main.size())
    main.read(bytes, 0)
    return new TextDecoder().decode(bytes)
  },

  async checkModel(name: string, runs: number): Promise<void> {
    const { wal } = await store.open(name)
    checkBlockFile(() => {
      wal.truncate(0)
      return wal
    }, runs)
  },

  /** Writes 8 bytes at `offset` and reads them back from a file opened anew. */
  async writeFarOut(name: string, offset: number): Promise<readonly number[]> {
    const written = await store.open(name)
    written.main.write(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), offset)
    await store.close(name)
    const { main } = await store.open(name)
    const bytes = new Uint8Array(10).fill(9)
    return [main.size(), main.read(bytes, offset - 1), ...bytes]
  },

  /** Holds one file by its path below the root, without the store. */
  async holdFile(...path: string[]): Promise<void> {
    let directory = await navigator.storage.getDirectory()
    for (const name of path.slice(0, -1)) directory = await directory.getDirectoryHandle(name)
    const file = await directory.getFileHandle(path.at(-1) ?? '')
    await file.createSyncAccessHandle()
  },

  async openDatabase(name: string): Promise<void> {
    if (sqlite === undefined) {
      const { sqlite3, module } = await loadOfficialSqlite()
      sqlite = { sqlite3, vfs: new Vfs(module) }
    }
    sqlite.vfs.mount('db', await store.open(name))
    database = new sqlite.sqlite3.oo1.DB({ filename: 'db', flags: 'c', vfs: sqlite.vfs.name })
    database.exec('pragma page_size = 4096')
    const count = sqlite.sqlite3.wasm.alloc(4)
    sqlite.sqlite3.wasm.poke32(count, store.reservedBytes)
    const { sqlite3_file_control: control, SQLITE_FCNTL_RESERVE_BYTES: reserve } = sqlite.sqlite3.capi
    control(database, 'main', reserve, count)
    database.exec('pragma journal_mode = wal; pragma synchronous = normal')
    database.exec('create table if not exists item (n integer primary key, text)')
  },

  async select(sql: string): Promise<readonly unknown[]> {
    return database?.selectValues(sql) ?? []
  },

  async exec(sql: string): Promise<boolean> {
    try {
      database?.exec(sql)
    } catch (error) {
      throw sqlite?.vfs.takeLastError() ?? error
    }
    return sqlite?.vfs.syncLog('db') ?? false
  },

  async closeDatabase(name: string): Promise<void> {
    database?.close()
    sqlite?.vfs.unmount('db')
    await store.close(name)
  },

  /**
   * Commits and reports one row after another until the worker is terminated. A browser lets a worker
   * finish its task before it ends it, for two seconds: so either there are tasks as short as one step, or
   * (`spinning`) there is one without an end, which is cut off anywhere.
   */
  async commitForEver(spinning: boolean): Promise<void> {
    let n = Number(database?.selectValue('select coalesce(max(n), 0) from item'))
    const step = async (sql: string): Promise<void> => {
      database?.exec(sql)
      if (!spinning) await nextTask()
    }
    for (;;) {
      n++
      const size = (n * 7919) % 20_000
      await step(`begin; insert into item values (${n}, printf('%0${size}d', ${n}))`)
      await step(`delete from item where n < ${n - 50}`)
      await step('commit')
      await sqlite?.vfs.syncLog('db')
      scope.postMessage({ acknowledged: n })
      if (n % 7 === 0) await step(`pragma wal_checkpoint(${n % 2 === 0 ? 'truncate' : 'passive'})`)
    }
  },
} satisfies Record<string, (...values: never[]) => Promise<unknown>>

export type WorkerTasks = typeof tasks

scope.addEventListener('message', ({ data }: MessageEvent) => void answer(data))

async function answer(request: {
  readonly id: number
  readonly task: keyof WorkerTasks
  readonly values: never[]
}) {
  const task = tasks[request.task] as (...values: never[]) => Promise<unknown>
  let reply: WorkerReply
  try {
    reply = { id: request.id, value: await task(...request.values) }
  } catch (error) {
    reply = { id: request.id, failure: failureOf(error) }
  }
  scope.postMessage(reply)
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => {
      port1.close()
      resolve()
    })
    port1.start()
    port2.postMessage(null)
  })
}

function failureOf(error: unknown): WorkerFailure {
  const cause = error instanceof Error ? error.cause : undefined
  return {
    code: error instanceof DataSyncError ? error.code : undefined,
    message: error instanceof Error ? error.message : String(error),
    cause: cause instanceof Error || cause instanceof DOMException ? cause.name : undefined,
  }
}
