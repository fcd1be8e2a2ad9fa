import type { SqlValue } from '../../../values.ts'

/** About how many bytes the values of columns take. */
export function blockSize(columns: readonly (readonly SqlValue[])[]): number {
  let bytes = 0
  for (const column of columns) {
    bytes += 8 * column.length
    for (const value of column) {
      if (typeof value === 'string') bytes += 16 + 2 * value.length
      else if (value instanceof Uint8Array) bytes += 96 + value.length
    }
  }
  return bytes
}
