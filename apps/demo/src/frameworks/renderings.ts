export type FrameworkName = 'react' | 'vue' | 'svelte' | 'angular'

const counts = new Map<FrameworkName, number>()

/** Called by each pane when it has brought its view up to date; shown in the head of the pane. */
export function countRendering(framework: FrameworkName): void {
  const count = (counts.get(framework) ?? 0) + 1
  counts.set(framework, count)
  const counter = document.querySelector(`[data-framework="${framework}"] .pane-renderings`)
  if (counter !== null) counter.textContent = String(count)
}
