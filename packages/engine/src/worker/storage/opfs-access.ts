import { DataSyncError } from '../../errors.ts'

/** Whether a worker can have files here; whether they work is another matter (`test-opfs.ts`). */
export function hasSyncAccessHandles(): boolean {
  return (
    typeof FileSystemFileHandle === 'function' && 'createSyncAccessHandle' in FileSystemFileHandle.prototype
  )
}

/** @throws DataSyncError `storage-unavailable` */
export function assertSyncAccessHandles(): void {
  if (hasSyncAccessHandles()) return
  throw new DataSyncError(
    'storage-unavailable',
    'This browser has no synchronous access to the origin private file system.',
  )
}

export function opfsUnavailable(reason: string, cause: unknown): DataSyncError {
  const message = `The origin private file system does not work now: ${reason}`
  return new DataSyncError('storage-unavailable', message, {}, cause)
}
