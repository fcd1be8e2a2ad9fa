import { getCurrentInstance, onActivated, onDeactivated, onMounted, shallowRef, type ShallowRef } from 'vue'

// `getCurrentInstance` knows nothing of components in Vapor mode, nor is there one in a bare scope. Both
// count as visible and new: all works there, but for the comfort that is particular to this file.

/** Whether the component takes over what a server rendered, and has to draw first what that drew. */
export function useHydration(): Readonly<ShallowRef<boolean>> {
  // Only what hydrates has an element before it is drawn.
  const isHydrating = shallowRef((getCurrentInstance()?.vnode.el ?? null) !== null)
  if (isHydrating.value) onMounted(() => void (isHydrating.value = false))
  return isHydrating
}

/** Whether the component is on the page, and not put away by `<KeepAlive>`. */
export function useVisibility(): Readonly<ShallowRef<boolean>> {
  const isVisible = shallowRef(true)
  if (getCurrentInstance() !== null) {
    onActivated(() => void (isVisible.value = true))
    onDeactivated(() => void (isVisible.value = false))
  }
  return isVisible
}
