/** KiB, which is a page: nothing stays in memory, and what a query needs is read from the files. */
export const SMALL_CACHE = 4
