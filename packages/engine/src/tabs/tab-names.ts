/**
 * The names by which the tabs of a database find each other, which are of the whole origin: a database has a
 * prefix of its own, whatever characters its name has.
 */
function prefix(database: string): string {
  return `datasync:${encodeURIComponent(database)}`
}

/** The lock of the worker that hosts the database, be it for one tab or for all. */
export function databaseLock(database: string): string {
  return prefix(database)
}

/** The lock of the tab whose worker waits to host the database next. */
export function standbyLock(database: string): string {
  return `${prefix(database)}:next`
}

/** The lock that a tab holds for as long as it uses the database, so that the host learns when it is gone. */
export function tabLock(database: string, client: string): string {
  return `${prefix(database)}:tab:${client}`
}

/** The clients of which a lock tells that they are there. */
export function clientOfLock(database: string, lock: string): string | undefined {
  const start = tabLock(database, '')
  return lock.startsWith(start) ? lock.slice(start.length) : undefined
}

/** The channel on which all tabs of the database hear each other. */
export function sharedChannel(database: string): string {
  return prefix(database)
}

/** The channel between a guest and the host, which is another one each time that the guest begins anew. */
export function guestChannel(database: string, attempt: string): string {
  return `${prefix(database)}:guest:${attempt}`
}
