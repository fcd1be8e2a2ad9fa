import type { FindingCode } from './doctor/finding.ts'

/**
 * Every code that an error of DataSync can carry, with what to do about it. Codes are stable:
 * programs compare them. Each has a page `docs/errors/<code>.md`.
 */
export const ERROR_REMEDIES = {
  aborted: 'The AbortSignal that you passed was aborted. Nothing of this call was kept.',
  'attach-refused':
    'A plain ATTACH can only open ":memory:". Call db.attach(name, { as }) so that the file is opened first.',
  'bridge-unavailable':
    'The page lacks what this bridge to IndexedDB needs. Leave the option `bridge` out to get the best that works here.',
  busy: 'Every reader is held by an open stream or read-only transaction. End some of them, then call again.',
  closed: 'The database was closed or deleted. Call createDatabase() again to open it anew.',
  'connection-lost':
    'The browser dropped its connection to IndexedDB. Call again; if it persists, reload the page.',
  constraint: 'The write would break a constraint of the schema and was undone. Correct the values.',
  corrupt:
    'The file is damaged. See what db.verify() finds; db.repair() and db.salvage() save what can be saved.',
  'database-in-use': 'It is open elsewhere, where it is not shared. Close it there, then call again.',
  'database-lost':
    'The browser has dropped its data. Call db.delete() to begin anew, then import a backup if there is one.',
  deleted: 'Another tab has deleted the database. Call createDatabase() again to begin anew.',
  fenced:
    'Another tab works with this database now. What was rejected is not stored; call again, to ask that tab.',
  'format-newer': 'Reload the page to get the version of the app that stored the database.',
  'host-changed':
    'Begin the transaction, or the stream, again. Pass { retry: true } to db.transaction() to have that done.',
  'host-unresponsive':
    'The tab that hosts the database does not react. Close that tab, or bring it to the front, then call again.',
  'import-damaged':
    'Nothing was imported. Open it with the old library, and export what that can still read.',
  'import-in-use': 'Close the old library in all tabs, then call again.',
  'import-missing': 'Correct the name, or pass { optional: true } where there may be none.',
  'import-refused': 'Import before anything is written, or pass { replace: true } to give up what is there.',
  'import-unfinished': 'Nothing was removed. Call again when the old library does not write.',
  internal: 'This is a fault of DataSync itself. Please report it with the message and what led to it.',
  'invalid-argument': 'Pass what the message asks for, as the types of the call say.',
  'invalid-name': 'Give the database a name of at least one character, without lone surrogates.',
  'invalid-parameter':
    'Bind only null, numbers, bigints within 64 bits, strings, booleans and Uint8Arrays. Turn a Date into text or a number first.',
  'io-error': 'The storage refused a read or a write. Reload the page; if it persists, export the database.',
  'isolation-required':
    'Serve the page with these headers, or leave `bridge` out to get the best bridge that works without them.',
  'migration-failed': 'Correct the migration. None of it was kept, and those before it were.',
  'mirror-full':
    'Without isolation or JSPI the whole database is kept in memory, up to a ceiling. Delete data, raise `mirrorLimit`, or serve the page with the COOP and COEP headers.',
  'missing-provider':
    'Provide the database once, above every component that uses it, or pass it as the option `database`.',
  'not-a-database': 'The bytes are not a SQLite database. Import a file that begins with "SQLite format 3".',
  'not-read-only': 'A live query may only read. Write with db.run().',
  'out-of-memory': 'The engine ran out of memory. Read fewer rows at once with db.stream() or LIMIT.',
  outdated: 'A newer version of the app is open in another tab. Reload the page to get that version.',
  'pragma-refused': 'This pragma is set by DataSync itself, for the safety of the data. Leave it out.',
  'quota-exceeded':
    'The storage of this origin is full. Delete data or ask the user for room, then write again.',
  'read-only': 'This transaction only reads. Begin one without { readonly: true } to write.',
  'schema-newer':
    'The database was migrated by a newer version of the app than this one. Reload the page to get that version.',
  sql: 'Correct the SQL at the place that the caret shows.',
  'storage-unavailable':
    "The browser offers no durable storage here (a private window, perhaps). Pass storage: 'memory' if losing the data is acceptable.",
  'stored-elsewhere':
    "Open it with storage: 'auto', which finds it, or where it is, and then move it with db.moveTo().",
  timeout: 'The statement took longer than its timeout. Narrow it, add an index, or give it more time.',
  'too-big': 'A string or blob is larger than SQLite allows. Store it in parts.',
  'transaction-closed': 'The transaction has ended. Begin another one.',
  'transaction-control':
    'Use db.transaction() or db.begin() instead of BEGIN, COMMIT and ROLLBACK, so that other callers wait their turn.',
  'transaction-misuse':
    'Inside a transaction call the methods of `tx`; those of the database wait for it to end.',
  'transaction-timeout':
    'The transaction was open for longer than its timeout and was undone. Keep network calls out of it, or give it more time.',
  unsupported: 'This version cannot do that yet.',
  'worker-failed':
    'The worker did not start. If your bundler does not copy workers out of packages, pass { worker: () => new Worker(...) } to createDatabase().',
  'worker-lost':
    'The worker stopped while this call was under way. Check whether it took effect, then call again.',
} as const

/** The stable code of an error: what a program compares. */
export type ErrorCode = keyof typeof ERROR_REMEDIES

/** What some errors know beyond their message. */
export interface ErrorDetail {
  /** The statement that failed. */
  readonly sql?: string | undefined
  /** Where in `sql` the fault lies, in UTF-16 units, where SQLite knows it. */
  readonly offset?: number | undefined
  /** SQLite's own extended result code. */
  readonly resultCode?: number | undefined
  /** Which kind of constraint: `unique`, `primary key`, `not null`, `check`, `foreign key`, ... */
  readonly constraint?: string | undefined
  /** Of damage: the file, the block in it (4 KiB, counted from 0) and SQLite's number for the page. */
  readonly file?: string | undefined
  readonly block?: number | undefined
  readonly page?: number | undefined
  /** What is wrong with that block. */
  readonly reason?: string | undefined
  /** Of damage, where the statement reads a single table: that table. */
  readonly table?: string | undefined
  /** Of a worker that did not start: what `db.doctor()` says of it. */
  readonly finding?: FindingCode | undefined
  /** What to do, where more is known than the code tells. */
  readonly remedy?: string | undefined
}

/** An error in the form in which it crosses from the worker. */
export interface ErrorRecord {
  readonly code: ErrorCode
  readonly message: string
  readonly detail: ErrorDetail
}

/**
 * The root of all errors that DataSync raises.
 *
 * @example
 * try {
 *   await db.run('insert into user (email) values (?)', [email])
 * } catch (error) {
 *   if (error instanceof DataSyncError && error.code === 'constraint') showTaken(email)
 *   else throw error
 * }
 */
export class DataSyncError extends Error {
  readonly code: ErrorCode
  /** What happened, without the remedy that `message` ends in. */
  readonly sentence: string
  /** One sentence on what to do. */
  readonly remedy: string
  /** The page on this code in the documentation, relative to the repository. */
  readonly docs: string
  readonly detail: ErrorDetail

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}, cause?: unknown) {
    const remedy = detail.remedy ?? ERROR_REMEDIES[code]
    super(`${message}\n${remedy}`, cause === undefined ? undefined : { cause })
    this.name = 'DataSyncError'
    this.code = code
    this.sentence = message
    this.remedy = remedy
    this.docs = `docs/errors/${code}.md`
    this.detail = detail
  }
}
