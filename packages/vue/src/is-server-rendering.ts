import { hasInjectionContext, inject, ssrContextKey } from 'vue'

/** Whether a server renders the component that is being set up, wherever that server runs. */
export function isServerRendering(): boolean {
  return hasInjectionContext() && inject(ssrContextKey, undefined) !== undefined
}
