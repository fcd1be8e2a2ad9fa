import type { StoredRecord } from '../../record-store.ts'

export interface LargeRecord extends StoredRecord {
  readonly key: string
  readonly value: string
  readonly bucket: number
}

const ZEROES = '0'.repeat(25)

export function largeRecordOf(id: number): LargeRecord {
  const product = id * 7919
  return { id, key: `${ZEROES}${id}`, value: String(product % 100), bucket: product % 1000 }
}
