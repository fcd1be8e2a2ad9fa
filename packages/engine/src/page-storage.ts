// The storage of the page, `localStorage`. There is none on a server, and where it is forbidden it throws when it is
// touched: then nothing is in it, and nothing can be written.

/** What was written as that item, if it can be read. What cannot is removed. */
export function readItem(item: string): unknown {
  try {
    return JSON.parse(globalThis.localStorage?.getItem(item) ?? 'null') ?? undefined
  } catch {
    removeItem(item)
    return undefined
  }
}

export function writeItem(item: string, value: unknown): void {
  try {
    globalThis.localStorage?.setItem(item, JSON.stringify(value))
  } catch {
    // Full, or forbidden.
  }
}

export function removeItem(item: string): void {
  try {
    globalThis.localStorage?.removeItem(item)
  } catch {
    // What cannot be touched was never written.
  }
}
