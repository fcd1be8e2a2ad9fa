/** What a tab is asked to do with the database. */
export type Action =
  | { readonly kind: 'open' }
  | { readonly kind: 'read'; readonly register: number }
  | { readonly kind: 'write'; readonly register: number; readonly value: number }
  | { readonly kind: 'increment'; readonly register: number }
  /** Entries of the journal, numbered by the tab: by one statement each, in a batch or in a script. */
  | { readonly kind: 'insert' | 'batch' | 'script'; readonly entries: readonly number[] }
  | Transfer
  | { readonly kind: 'total' }

export interface Transfer {
  readonly kind: 'transfer'
  /** Numbered by the tab. */
  readonly transfer: number
  readonly source: number
  readonly target: number
  readonly amount: number
  readonly retry: boolean
}

export interface Order {
  /** Unique in a run, over all tabs. */
  readonly id: number
  readonly action: Action
}

/** What came of an order that was carried out. */
export interface Answer {
  /** What was read, what an increment made, the place of the last entry, the amount that was moved. */
  readonly value: number
  /** Rows that the last statement changed. */
  readonly changes: number
  /** How many entries of the journal the tab's live query showed at that moment, unless it was closed. */
  readonly shown: number | undefined
}

/** What a tab remembers of an order, by the clock that all pages share. */
export type OrderRecord =
  | { readonly type: 'invoked'; readonly id: number; readonly at: number }
  | { readonly type: 'answered'; readonly id: number; readonly at: number; readonly answer: Answer }
  | {
      readonly type: 'rejected'
      readonly id: number
      readonly at: number
      readonly code: string
      readonly message: string
    }

/** A snapshot that a live query delivered, as a tab saw it. */
export interface SnapshotRecord {
  readonly type: 'snapshot'
  readonly tab: string
  readonly at: number
  readonly query: LiveQueryName
  readonly status: 'pending' | 'success' | 'error'
  readonly isFetching: boolean
  readonly error: string | undefined
  readonly rows: readonly Readonly<Record<string, number>>[] | undefined
}

export type TabRecord = OrderRecord | SnapshotRecord

export type LiveQueryName = 'entries' | 'total' | 'accounts'
