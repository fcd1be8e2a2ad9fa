import { DataSyncError } from '../errors.ts'
import { PROTOCOL_VERSION } from '../link/protocol.ts'

/** A page of another deployment than the worker's may mean something else by the same words. */
export function assertVersion(version: number): void {
  if (version === PROTOCOL_VERSION) return
  throw new DataSyncError(
    'worker-failed',
    `The worker speaks version ${PROTOCOL_VERSION} of the protocol, the page version ${version}.`,
  )
}
