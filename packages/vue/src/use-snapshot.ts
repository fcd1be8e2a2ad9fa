import type { Readable } from '@datasync/engine'
import { computed, shallowRef, triggerRef, watch, type ComputedRef } from 'vue'
import { isServerRendering } from './is-server-rendering.ts'
import { useHydration, useVisibility } from './render-phase.ts'

/**
 * What `source` knows, and knows anew whenever it changes: `source` may be another one each time, and
 * is subscribed to for as long as the component is shown. Read where it is, so that nobody ever sees
 * one source with the snapshot of another.
 */
export function useSnapshot<Value>(
  source: () => Readable<Value>,
  getServerSnapshot: () => Value,
): ComputedRef<Value> {
  if (isServerRendering()) return computed(getServerSnapshot)

  const isHydrating = useHydration()
  const isVisible = useVisibility()
  const changes = shallowRef()
  // Reads nothing: an effect that writes would run again for each change that comes of it.
  const noteChange = (): void => triggerRef(changes)
  watch(
    () => (isVisible.value ? source() : undefined),
    (readable, _, onCleanup) => {
      if (readable === undefined) return
      onCleanup(readable.subscribe(noteChange))
      // It may have changed while nobody listened.
      noteChange()
    },
    { immediate: true, flush: 'sync' },
  )
  return computed(() => {
    void changes.value
    return isHydrating.value ? getServerSnapshot() : source().getSnapshot()
  })
}
