import type { Amount } from './storage/block-store.ts'
import type { Vfs } from './storage/vfs.ts'

/** Makes durable what the logs of these databases hold; undefined if nothing has to be waited for. */
export function flushLogs(vfs: Vfs, paths: readonly string[]): Promise<unknown> | undefined {
  const flushes = paths.map((path) => vfs.syncLog(path))
  const pending = flushes.filter((flush) => typeof flush !== 'boolean')
  return pending.length === 0 ? undefined : allDone(pending)
}

/** What that would make durable. */
export function dirtyOf(vfs: Vfs, paths: readonly string[]): Amount {
  const amounts = paths.map((path) => vfs.dirty(path))
  return amounts.reduce((a, b) => ({ blocks: a.blocks + b.blocks, bytes: a.bytes + b.bytes }))
}

/** Rejected only when none is under way any more. */
async function allDone(pending: readonly Promise<unknown>[]): Promise<void> {
  const outcomes = await Promise.allSettled(pending)
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
}
