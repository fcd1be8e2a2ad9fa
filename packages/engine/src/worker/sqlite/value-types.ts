// The fundamental types of values (sqlite.org/c3ref/c_blob.html).
export const INTEGER = 1
export const FLOAT = 2
export const TEXT = 3
export const BLOB = 4
