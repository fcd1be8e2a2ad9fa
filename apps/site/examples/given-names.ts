/** What examples may use without declaring it, as `docs/examples/*.d.ts` has it. */
export const GIVEN_NAMES = [
  'amount',
  'bytes',
  'controller',
  'createDatabase',
  'DataSyncError',
  'db',
  'descending',
  'draw',
  'email',
  'enabled',
  'file',
  'from',
  'hideUnsaved',
  'id',
  'ids',
  'insertAll',
  'list',
  'loadTodos',
  'migrations',
  'observer',
  'offerReload',
  'options',
  'payload',
  'pool',
  'provided',
  'report',
  'show',
  'showPrivateWindowHint',
  'showTaken',
  'showUnsaved',
  'sql',
  'sum',
  'sync',
  'table',
  'title',
  'titles',
  'to',
  'toLine',
  'tx',
  'upload',
  'user',
  'work',
  'write',
  'writer',
] as const

export type GivenName = (typeof GIVEN_NAMES)[number]

/** Those that are of the database `shop`, which is made for them. */
const FROM_DATABASE = ['db', 'file', 'observer', 'provided'] as const satisfies readonly GivenName[]

export type FromDatabase = (typeof FROM_DATABASE)[number]

export function isFromDatabase(name: GivenName): name is FromDatabase {
  return FROM_DATABASE.some((other) => other === name)
}
