import { useSyncExternalStore } from 'react'
import type { Readable } from '@datasync/engine'

export function useReadable<Value>(readable: Readable<Value>): Value {
  return useSyncExternalStore(readable.subscribe, readable.getSnapshot)
}
