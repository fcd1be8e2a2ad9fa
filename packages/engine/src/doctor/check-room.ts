import type { StorageStatus } from '../link/protocol.ts'
import { type DoctorFinding, toFinding } from './finding.ts'
import { findRefusedRoom } from './refused-room.ts'
import { within } from './within.ts'

/** Milliseconds, of which a busy machine takes more. */
const PATIENCE = 5000

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
export async function checkRoom(
  room: Room,
  storage: StorageStatus | undefined,
): Promise<readonly DoctorFinding[]> {
  if (storage?.durable !== true) return []
  return [...(await checkQuota(room)), ...checkPersistence(room)]
}

async function checkQuota({ quota, usage }: Room): Promise<readonly DoctorFinding[]> {
  if (quota === undefined || usage === undefined) return []
  const isScarce = usage >= quota * SCARCE
  const refused = isScarce ? undefined : await within(PATIENCE, findRefusedRoom(usage))
  if (!isScarce && refused === undefined) return []
  const sentence = isScarce
    ? `This site uses ${inMiB(usage)} of the ${inMiB(quota)} that the browser allows it.`
    : `This site uses ${inMiB(usage)}, and the browser refuses it ${inMiB(refused ?? 0)} more.`
  return [
    toFinding('warning', {
      code: 'quota-nearly-full',
      sentence,
      // The log stays as long as it was, up to a limit, where it is not told otherwise.
      remedy:
        'Delete data, then run `vacuum` and `pragma wal_checkpoint(truncate)`; or ask the user to make room on the disk.',
    }),
  ]
}

function inMiB(bytes: number): string {
  return `${Math.round(bytes / MIB)} MiB`
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
