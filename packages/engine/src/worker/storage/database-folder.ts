import { assertDatabaseName } from '../../database-name.ts'

/** Longest folder name that spells the database's name out in full. */
const MAX_SPELLED_LENGTH = 110
/** How much of a longer name is kept, for people who look into the storage. */
const KEPT_LENGTH = 40

/**
 * The folder of a database: one for each name, whatever characters it has. Everything but lower-case
 * letters, digits and `_` is percent-encoded; capitals too, as some browsers keep these folders on file
 * systems that do not tell `Shop` from `shop`; and `-`, so that what SQLite calls the log of `shop` is not
 * the database `shop-wal`. A name that gets too long for a file system ends in its SHA-256 instead,
 * behind a `+`, which no shorter one contains.
 *
 * @throws DataSyncError `invalid-name`
 */
export async function databaseFolder(name: string): Promise<string> {
  assertDatabaseName(name)
  const bytes = new TextEncoder().encode(name)
  let spelled = ''
  for (const byte of bytes) spelled += isPlain(byte) ? String.fromCharCode(byte) : `%${hex(byte)}`
  if (spelled.length <= MAX_SPELLED_LENGTH) return spelled
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return `${spelled.slice(0, KEPT_LENGTH)}+${Array.from(digest, hex).join('')}`
}

function isPlain(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x5f
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}
