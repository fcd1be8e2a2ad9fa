/** KiB of pages: so few that readers have four, and read the same pages from the files again and again. */
export const SMALL_CACHE = 64
