import type { Database } from '@datasync/engine'

/** Long enough for any browser to have begun the download. */
const REVOKE_DELAY_MS = 60_000

/** Hands the database to the user as a plain SQLite file. */
export async function downloadDatabase(database: Database): Promise<void> {
  const url = URL.createObjectURL(await database.export())
  const link = document.createElement('a')
  link.href = url
  link.download = `${database.name}.sqlite`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_DELAY_MS)
}
