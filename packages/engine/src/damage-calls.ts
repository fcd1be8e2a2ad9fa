import type { RepairReport, SalvageReport, VerifyExtent, VerifyReport } from './link/damage-report.ts'

/** What can be asked of a database that may be damaged. */
export interface DamageCalls {
  /**
   * Looks for damage, in one snapshot and in slices, while others read and write: in the header, the schema
   * and `sample` blocks by chance, or in every block. Answered also where the damage keeps the database from
   * being opened.
   *
   * @example
   * const { ok, badBlocks } = await db.verify({ full: true })
   * for (const { block, owner } of badBlocks) console.warn(block, owner)
   */
  verify(extent: VerifyExtent, options?: { readonly signal?: AbortSignal }): Promise<VerifyReport>
  /**
   * Repairs what can be without the loss of a row: damaged indexes are built anew from their tables, damaged
   * free blocks are given up. Nothing is made up: what is lost stays damaged, and the report says so.
   * Writes wait meanwhile.
   *
   * @example
   * const { ok, remaining } = await db.repair()
   * if (!ok) console.warn('Rows may be lost in', remaining)
   */
  repair(options?: { readonly signal?: AbortSignal }): Promise<RepairReport>
  /**
   * Makes a new SQLite file of all rows that can still be read, with the whole schema, and tells what it
   * lacks. The database itself stays as it is. Works also where it cannot be opened, as long as its first
   * page can be read; otherwise rejected with `corrupt`, or with `busy` during an import.
   *
   * @example
   * const { file, report } = await db.salvage()
   * if (!report.isComplete) console.warn(report.tables)
   */
  salvage(options?: {
    readonly signal?: AbortSignal
  }): Promise<{ readonly file: Blob; readonly report: SalvageReport }>
}
