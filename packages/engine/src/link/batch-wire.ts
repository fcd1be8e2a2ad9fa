import type { SqlParameters } from '../values.ts'
import type { ColumnBlock, WireResult, WireStatement } from './protocol.ts'

// A batch of ten thousand statements takes longer to be copied to the worker and back than to be run, if each of
// them, and each result, is an object.

/** One statement that is run with these parameters, one after another. */
export interface StatementRun {
  readonly sql: string
  readonly parameters: readonly SqlParameters[]
}

/** What became of the statements of a batch: each list has an entry for each. */
export interface BatchResult {
  readonly changes: readonly number[]
  readonly lastInsertRowids: readonly (number | bigint)[]
  readonly durationsMs: readonly number[]
  /** The rows of those that have columns, by their place among the statements. */
  readonly blocks: readonly (readonly [place: number, block: ColumnBlock])[]
}

const NOTHING: ColumnBlock = { names: [], values: [], rowCount: 0 }

/** Statements in their order. A text that follows itself is written once. */
export function toRuns(statements: readonly WireStatement[]): readonly StatementRun[] {
  const runs: { readonly sql: string; readonly parameters: SqlParameters[] }[] = []
  for (const { sql, parameters } of statements) {
    const last = runs.at(-1)
    if (last?.sql === sql) last.parameters.push(parameters)
    else runs.push({ sql, parameters: [parameters] })
  }
  return runs
}

/** What became of the statements so far. */
export class BatchResultList implements BatchResult {
  readonly changes: number[] = []
  readonly lastInsertRowids: (number | bigint)[] = []
  readonly durationsMs: number[] = []
  readonly blocks: (readonly [place: number, block: ColumnBlock])[] = []

  /** `block` is undefined where the statement has no columns. */
  add(counts: Omit<WireResult, 'block'>, block: ColumnBlock | undefined): void {
    if (block !== undefined) this.blocks.push([this.changes.length, block])
    this.changes.push(counts.changes)
    this.lastInsertRowids.push(counts.lastInsertRowid)
    this.durationsMs.push(counts.durationMs)
  }
}

export function toWireResults(batch: BatchResult): readonly WireResult[] {
  const { changes, lastInsertRowids, durationsMs } = batch
  const blocks = new Map(batch.blocks)
  return changes.map((count, place) => ({
    block: blocks.get(place) ?? NOTHING,
    changes: count,
    lastInsertRowid: lastInsertRowids[place] ?? 0,
    durationMs: durationsMs[place] ?? 0,
  }))
}
