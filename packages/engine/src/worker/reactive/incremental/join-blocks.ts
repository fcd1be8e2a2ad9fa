import type { ColumnBlock } from '../../../link/protocol.ts'
import type { SqlValue } from '../../../values.ts'

/** The rows of all of the blocks, and single ones, as one block whose names nobody asks for. */
export function joinBlocks(
  blocks: readonly ColumnBlock[],
  rows: readonly (readonly SqlValue[])[] = [],
): ColumnBlock {
  const width = blocks[0]?.values.length ?? rows[0]?.length ?? 0
  const values = Array.from({ length: width }, (_, column) => [
    ...rows.map((row) => row[column] ?? null),
    ...blocks.flatMap((block) => block.values[column] ?? []),
  ])
  return { names: [], values, rowCount: values[0]?.length ?? 0 }
}
