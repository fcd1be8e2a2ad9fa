import type { StorageStatus } from '../link/protocol.ts'
import { type DoctorFinding, toFinding } from './finding.ts'
import { within } from './within.ts'

/** Milliseconds. */
const PATIENCE = 2000

/** The part of the room that may be used before it is said to be scarce. */
const SCARCE = 0.9

const MIB = 2 ** 20

/** How much room the browser gives, in bytes, and whether it has promised to keep what is in it. */
export interface Room {
  readonly quota: number | undefined
  readonly usage: number | undefined
  readonly persisted: boolean | undefined
}

export async function readRoom(): Promise<Room> {
  const storage: StorageManager | undefined = globalThis.navigator?.storage
  const [estimate, persisted] = await Promise.all([
    within(PATIENCE, Promise.resolve(storage?.estimate?.())),
    within(PATIENCE, Promise.resolve(storage?.persisted?.())),
  ])
  return { quota: estimate?.quota, usage: estimate?.usage, persisted }
}

/** Whether there is room for more, and whether what is there stays. */
export function checkRoom(room: Room, storage: StorageStatus | undefined): readonly DoctorFinding[] {
  if (storage?.durable !== true) return []
  return [...checkQuota(room), ...checkPersistence(room)]
}

function checkQuota({ quota, usage }: Room): readonly DoctorFinding[] {
  if (quota === undefined || usage === undefined || usage < quota * SCARCE) return []
  const [used, allowed] = [usage, quota].map((bytes) => `${Math.round(bytes / MIB)} MiB`)
  return [
    toFinding('warning', {
      code: 'quota-nearly-full',
      sentence: `This site uses ${used} of the ${allowed} that the browser allows it.`,
      remedy: 'Delete data, then run `vacuum`; or ask the user to make room on the disk.',
    }),
  ]
}

function checkPersistence({ persisted }: Room): readonly DoctorFinding[] {
  if (persisted !== false) return []
  return [
    toFinding('note', {
      code: 'not-persisted',
      sentence: 'The browser may drop the data when it is short of room and the site was not used for long.',
      remedy:
        'Call `navigator.storage.persist()` when the user has done something worth keeping. In Firefox the user is asked.',
    }),
  ]
}
