import type { BenchBrowser } from '../bench-browser.ts'
import { measureProcessMemory, type ProcessMemory } from '../process-memory.ts'
import type { Round } from './attempt.ts'
import { inContenderPage, inEmptyPage } from './contender-page.ts'

export const MEMORY = ['memory-open', 'memory-load', 'memory-app', 'heap-open', 'heap-load'] as const

/** The same whoever is measured. */
let emptyPage: Promise<ProcessMemory> | undefined

/** What the renderer of a page has in memory, beyond that of a page which does nothing. */
export async function measureMemory(
  browser: BenchBrowser,
  { contender, figures, scale }: Round,
): Promise<void> {
  const megabytes = Math.max(...scale.megabytes)
  const empty = await (emptyPage ??= inEmptyPage(browser, measureProcessMemory))
  const { opened, loaded } = await inContenderPage(browser, contender.name, async (page, perform) => {
    await perform('hold', megabytes)
    const afterOpen = await measureProcessMemory(page)
    await perform('scanHeld', megabytes)
    return { opened: afterOpen, loaded: await measureProcessMemory(page) }
  })
  const app = await inContenderPage(browser, contender.name, async (page, perform) => {
    await perform('holdTask', 'inbox', scale)
    return measureProcessMemory(page)
  })
  figures.add(contender.name, 'memory-app', [app.resident - empty.resident])
  figures.add(contender.name, 'memory-open', [opened.resident - empty.resident])
  figures.add(contender.name, 'memory-load', [loaded.resident - empty.resident])
  if (opened.wasmHeap > 0) {
    figures.add(contender.name, 'heap-open', [opened.wasmHeap])
    figures.add(contender.name, 'heap-load', [loaded.wasmHeap])
  } else
    for (const workload of ['heap-open', 'heap-load'])
      figures.fail(contender.name, workload, 'it has no wasm')
}
