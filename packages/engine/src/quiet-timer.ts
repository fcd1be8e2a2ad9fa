/**
 * Calls back after some milliseconds unless the function that is returned is called first. Such a
 * timer does not keep a process of Node's from ending.
 */
export function startQuietTimer(callback: () => void, ms: number): () => void {
  const timer: unknown = setTimeout(callback, ms)
  if (isNodeTimer(timer)) timer.unref()
  return () => clearTimeout(timer as number)
}

function isNodeTimer(timer: unknown): timer is { unref(): void } {
  return typeof timer === 'object' && timer !== null && 'unref' in timer
}
