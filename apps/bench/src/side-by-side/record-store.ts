/** A table of records, which all have a number `id` as their key. */
export interface TableShape {
  readonly name: string
  /** Each a property, or several of them in order. */
  readonly indexes: readonly (string | readonly string[])[]
}

export interface StoredRecord {
  readonly id: number
}

export type IndexValue = number | string | readonly (number | string)[]

/** Which records of an index, both ends among them, in its order. */
export interface IndexRange {
  readonly index: string | readonly string[]
  readonly from: IndexValue
  readonly to: IndexValue
  readonly isDescending?: boolean
  readonly limit?: number
}

/** An open database of records, as a page has it. */
export interface RecordStore {
  /** Adds or replaces records of one table in one transaction, in the fastest way there is. */
  putAll(table: string, records: readonly StoredRecord[]): Promise<void>
  get<Found extends StoredRecord>(table: string, id: number): Promise<Found | undefined>
  /** These records, in this order, in one transaction. */
  getMany<Found extends StoredRecord>(
    table: string,
    ids: readonly number[],
  ): Promise<readonly (Found | undefined)[]>
  /** Adds to properties of one record, in one transaction that reads it first. */
  increment(table: string, id: number, property: string, by: number): Promise<void>
  /** All records by their key, or those with keys from and up to these. */
  all<Found extends StoredRecord>(table: string, from?: number, to?: number): Promise<readonly Found[]>
  range<Found extends StoredRecord>(table: string, range: IndexRange): Promise<readonly Found[]>
  /** The ids of what `range` finds, out of the index alone. */
  ids(table: string, range: IndexRange): Promise<readonly number[]>
  count(table: string, range?: Pick<IndexRange, 'index' | 'from' | 'to'>): Promise<number>
  close(): Promise<void>
}
