import { DataSyncError } from '../../errors.ts'

/** What was written is not what was read back: the storage holds something else, nobody knows what. */
export class UnverifiedError extends DataSyncError {
  constructor(message: string) {
    super('corrupt', message)
  }
}
