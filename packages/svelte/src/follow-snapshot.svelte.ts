import type { Readable } from '@datasync/engine'
import { BROWSER } from 'esm-env'
import { createSubscriber } from 'svelte/reactivity'

/** What a source knows, as state. */
export interface FollowedSnapshot<Value> {
  /** Tracked, and current for as long as it is followed. */
  readonly snapshot: Value
  /** To be called wherever the snapshot, or what is derived of it, is about to be read. */
  readonly follow: () => void
}

/**
 * Subscribes to `source` for as long as an effect or a template reads it. A server never does.
 *
 * `follow` belongs into a getter and not into a derived: a derived that is read in an event handler
 * would subscribe as well, and hold on for as long as its component lives.
 */
export function followSnapshot<Value>(
  source: Readable<Value>,
  getServerSnapshot: () => Value,
): FollowedSnapshot<Value> {
  const getSnapshot = BROWSER ? source.getSnapshot : getServerSnapshot
  let snapshot = $state.raw(getSnapshot())
  // Without subscribers it may have changed unseen.
  const renew = (): void => void (snapshot = getSnapshot())
  // Its own signal stays unused: whoever follows would run again, though what it reads is the same.
  const subscribe = createSubscriber(() => {
    renew()
    return source.subscribe(renew)
  })

  return {
    get snapshot() {
      return snapshot
    },
    follow: () => ($effect.tracking() ? subscribe() : renew()),
  }
}
