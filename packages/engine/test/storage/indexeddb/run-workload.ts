import type { Database } from '@sqlite.org/sqlite-wasm'
import { expect } from 'vitest'
import type { StoredFiles } from '../../../src/worker/storage/indexeddb/stored-files.ts'
import { integrity, mount, open, sqlite3, vfs } from '../sqlite-fixture.ts'
import { dump, READERS, SCHEMA, type Setup, type Step } from './workload.ts'

export interface Watch {
  /** All rows after each step that may have committed, as a database in memory has them. */
  readonly states: string[]
  /** Called after a flush was acknowledged, with the last state that it must hold. */
  readonly onFlushed: (state: number, isVerified: boolean) => Promise<void>
}

interface Reader {
  readonly connection: Database
  seen: string | undefined
}

/**
 * Does the same on stored files, with readers beside, and on a database in memory, and compares what they
 * show: the writer and every new snapshot the newest state, a snapshot that is held what it first read.
 */
export async function runWorkload(
  files: StoredFiles,
  setup: Setup,
  steps: readonly Step[],
  { states, onFlushed }: Watch,
): Promise<void> {
  const path = mount(files)
  const connect = (): Database => {
    const database = open(path)
    database.exec(`pragma page_size = 4096; pragma auto_vacuum = ${setup.autoVacuum};
      pragma journal_mode = wal; pragma synchronous = ${setup.synchronous};
      pragma cache_size = ${setup.cacheSize}; pragma wal_autocheckpoint = ${setup.autoCheckpoint}`)
    return database
  }
  const model = new sqlite3.oo1.DB(':memory:')
  let writer = connect()
  const readers = Array.from({ length: READERS }, (): Reader => ({ connection: connect(), seen: undefined }))
  let flushing: Promise<void> | undefined
  const both = (sql: string): void => {
    writer.exec(sql)
    model.exec(sql)
    states.push(dump(model))
  }
  const read = (reader: Reader): void => {
    reader.seen ??= states.at(-1)
    expect(dump(reader.connection) === reader.seen, 'the snapshot is what it first was').toBe(true)
  }
  const flush = async (isVerified: boolean): Promise<void> => {
    await flushing
    const state = states.length - 1
    await files.flush()
    await onFlushed(state, isVerified)
  }
  const end = (reader: Reader): void => {
    if (reader.seen === undefined) return
    read(reader)
    reader.connection.exec('end')
    reader.seen = undefined
  }

  both(SCHEMA)
  for (const step of steps) {
    if (step.kind === 'write') {
      both(step.sql)
      expect(dump(writer) === states.at(-1), 'the writer sees what it wrote').toBe(true)
    } else if (step.kind === 'checkpoint') {
      writer.exec(`pragma wal_checkpoint(${step.mode})`)
      // As for a bridge that cannot read while SQLite waits; a checkpoint may have left holes.
      await files.main.load?.(0, files.main.size())
    } else if (step.kind === 'flush') await flush(step.verified)
    else if (step.kind === 'flush beside the next steps') {
      await flushing
      flushing = files.flush()
    } else if (step.kind === 'reconnect') {
      for (const reader of readers) end(reader)
      for (const { connection } of readers) connection.close()
      writer.close()
      writer = connect()
      readers.splice(0, READERS, ...readers.map(() => ({ connection: connect(), seen: undefined })))
    } else {
      const reader = readers[step.reader]
      if (reader === undefined) throw new Error('no such reader')
      if (step.kind === 'end') end(reader)
      else if (step.kind === 'read' && reader.seen !== undefined) read(reader)
      else if (step.kind === 'begin' && reader.seen === undefined) {
        reader.connection.exec('begin')
        read(reader)
      }
    }
  }
  await flush(true)
  for (const reader of readers) end(reader)
  for (const { connection } of readers) connection.close()
  writer.close()
  await flush(true)
  model.close()
  vfs.unmount(path)
}

/** All rows of a database that is opened anew, which has to be sound. */
export function contentOf(files: StoredFiles): string {
  const path = mount(files)
  const database = open(path)
  try {
    expect(integrity(database)).toBe('ok')
    return dump(database)
  } finally {
    database.close()
    vfs.unmount(path)
  }
}
