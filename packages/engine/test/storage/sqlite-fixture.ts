import type { Database, Sqlite3Static } from '@sqlite.org/sqlite-wasm'
import type { DatabaseFiles } from '../../src/worker/storage/block-store.ts'
import { MemoryFile } from '../../src/worker/storage/memory-file.ts'
import { SUM_SIZE } from '../../src/worker/storage/page-sum.ts'
import { Vfs } from '../../src/worker/storage/vfs.ts'
import { loadOfficialSqlite } from '../support/official-sqlite.ts'

const official = await loadOfficialSqlite()
export const sqlite3: Sqlite3Static = official.sqlite3
export const vfs: Vfs = new Vfs(official.module, 'under-test')

let mounted = 0

/** Files without content, all in memory. */
export function memoryFiles(): { readonly [Role in 'main' | 'wal' | 'journal' | 'incoming']: MemoryFile } {
  return {
    main: new MemoryFile(),
    wal: new MemoryFile(),
    journal: new MemoryFile(),
    incoming: new MemoryFile(),
  }
}

/** The same content again, as after the loss of this process. */
export function copyOf(files: DatabaseFiles): DatabaseFiles {
  const copies = memoryFiles()
  for (const role of ['main', 'wal', 'journal'] as const) {
    const bytes = new Uint8Array(files[role].size())
    files[role].read(bytes, 0)
    copies[role].write(bytes, 0)
  }
  return copies
}

/** Mounts files under a path that no other test uses. */
export function mount(files: DatabaseFiles = memoryFiles()): string {
  const path = `test-${++mounted}`
  vfs.mount(path, files)
  return path
}

/** Opens a connection by the official object API, so that these tests stand on the VFS alone. */
export function open(path: string): Database {
  return new sqlite3.oo1.DB({ filename: path, flags: 'c', vfs: vfs.name })
}

/** Has a database that is yet to be made leave room for checksums. */
export function reserveSums(database: Database): void {
  const { capi, wasm } = sqlite3
  const count = wasm.alloc(4)
  wasm.poke32(count, SUM_SIZE)
  capi.sqlite3_file_control(database, 'main', capi.SQLITE_FCNTL_RESERVE_BYTES, count)
  wasm.dealloc(count)
}

/** A connection in the mode in which the engine uses it. */
export function openWal(path: string): Database {
  const database = open(path)
  database.exec('pragma page_size = 4096; pragma journal_mode = wal; pragma synchronous = normal')
  return database
}

/** The extended result code of the error that `action` throws, or 0. */
export function codeOf(action: () => unknown): number {
  try {
    action()
    return 0
  } catch (error) {
    if (error instanceof sqlite3.SQLite3Error) return error.resultCode
    throw error
  }
}

/** Makes the table `item` and fills it with `rows` rows of about 100 bytes each. */
export function createItems(database: Database, rows: number): void {
  database.exec('create table item (id integer primary key, text)')
  addItems(database, rows)
}

export function addItems(database: Database, rows: number): void {
  database.exec(`
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${rows})
    insert into item (text) select printf('%0100d', i) from n`)
}

export function countItems(database: Database): unknown {
  return database.selectValue('select count(*) from item')
}

export function integrity(database: Database): unknown {
  return database.selectValue('pragma integrity_check')
}
