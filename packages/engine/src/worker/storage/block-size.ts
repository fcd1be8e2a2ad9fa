/** Bytes of a block: what a store reads, checks and tells of as one. Also SQLite's page size. */
export const BLOCK_SIZE = 4096
