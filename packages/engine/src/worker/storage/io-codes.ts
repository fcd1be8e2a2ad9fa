/** The extended result codes that SQLite expects of a VFS (sqlite.org/rescode.html). */
export const IOERR_READ = 266
export const IOERR_SHORT_READ = 522
export const IOERR_WRITE = 778
export const IOERR_FSYNC = 1034
export const IOERR_TRUNCATE = 1546
export const IOERR_FSTAT = 1802
export const IOERR_DELETE = 2570
export const IOERR_ACCESS = 3338
/** What SQLite's checksum VFS answers for a page that does not fit its checksum. */
export const IOERR_DATA = 8202
