/** SQLite's primary result codes that this engine tells apart (sqlite.org/rescode.html). */
export const OK = 0
export const BUSY = 5
export const NOMEM = 7
export const READONLY = 8
export const INTERRUPT = 9
export const IOERR = 10
export const CORRUPT = 11
export const FULL = 13
export const CANTOPEN = 14
export const TOOBIG = 18
export const CONSTRAINT = 19
export const AUTH = 23
export const RANGE = 25
export const NOTADB = 26
export const ROW = 100
export const DONE = 101
