// What the examples in the documentation take as given, whatever their framework. `check:examples` compiles
// them with this.
import type {
  createDatabase as create,
  DataSyncError as Failure,
  Database,
  sql as sqlTag,
  Transaction as Tx,
} from '@datasync/engine'

declare global {
  interface Todo {
    readonly id: number
    readonly title: string
  }
  interface Entry {
    readonly at: number
    readonly text: string
  }
  type Transaction = Tx
  type DataSyncError = Failure
  const DataSyncError: typeof Failure
  const createDatabase: typeof create
  const sql: typeof sqlTag

  const db: Database
  const tx: Tx
  const migrations: readonly string[]
  const element: Element
  const file: Blob
  const bytes: Uint8Array
  const id: number
  const ids: readonly number[]
  const list: number
  const TODOS: string
  const amount: number
  const archive: Database
  const controller: AbortController
  const descending: boolean
  const email: string
  const enabled: boolean
  const from: number
  const log: number
  const sum: number
  const sync: { readonly schedule: (changes: unknown) => void }
  const table: string
  const titles: readonly string[]
  const to: number
  const writer: WritableStreamDefaultWriter<string>
  const title: string
  const payload: object
  const user: { readonly id: number }

  function draw(rows: readonly unknown[]): void
  function loadTodos(): Promise<readonly Todo[]>
  function hideUnsaved(): void
  function insertAll(tx: Tx, items: unknown): Promise<void>
  function offerReload(message: string): void
  function report(error: unknown): void
  function show(what: unknown): void
  function showPrivateWindowHint(): void
  function showTaken(email: string): void
  function showUnsaved(remedy: string): void
  function toLine(row: object): string
  function upload(changes: unknown): void
  function write(row: unknown): void
}
