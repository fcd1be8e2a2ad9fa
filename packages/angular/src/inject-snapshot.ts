import { isPlatformServer } from '@angular/common'
import { computed, effect, inject, PLATFORM_ID, signal, untracked, type Signal } from '@angular/core'
import type { Readable } from '@datasync/engine'

/**
 * What `source` knows, and knows anew whenever it changes: `source` may be another one each time, and
 * is subscribed to until the injector is destroyed. Read where it is, so that nobody ever sees one
 * source with the snapshot of another.
 */
export function injectSnapshot<Value>(
  source: Signal<Readable<Value>>,
  getServerSnapshot: () => Value,
): Signal<Value> {
  if (isPlatformServer(inject(PLATFORM_ID))) return computed(getServerSnapshot)

  const changes = signal(0)
  const noteChange = (): void => changes.update((count) => count + 1)
  effect((onCleanup) => {
    onCleanup(source().subscribe(noteChange))
    // It may have changed while nobody listened.
    untracked(noteChange)
  })
  return computed(() => {
    changes()
    return source().getSnapshot()
  })
}
