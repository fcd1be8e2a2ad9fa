import { readdir, readFile } from 'node:fs/promises'
import { platform } from 'node:process'
import { setTimeout as elapsed } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright'
import { measureWasmHeap } from './wasm-heap.ts'

/** Megabytes that a page holds, with all its workers. */
export interface ProcessMemory {
  /** Resident set of the page's renderer process, from `/proc`: workers run in it, IndexedDB itself does not. */
  readonly resident: number
  /** The memories of WebAssembly in the page's workers. */
  readonly wasmHeap: number
}

const BURN_MS = 400
const SETTLE_MS = 1000
const MEGABYTE = 1024 * 1024

/** @throws Error where there is no `/proc`. */
export async function measureProcessMemory(page: Page): Promise<ProcessMemory> {
  if (platform !== 'linux') throw new Error('the memory of a process is read from /proc')
  const session = await page.context().newCDPSession(page)
  // Finding the memories collects the garbage in the workers, this that of the page.
  const wasmHeap = await measureWasmHeap(session)
  await session.send('HeapProfiler.collectGarbage')
  await elapsed(SETTLE_MS)
  const resident = await residentOf(await rendererOf(session))
  await session.detach()
  return { resident: resident / MEGABYTE, wasmHeap: wasmHeap / MEGABYTE }
}

/** The process whose time goes by while the page does nothing but burn it: the browser does not tell. */
async function rendererOf(session: CDPSession): Promise<number> {
  const before = await cpuTimes()
  await session.send('Runtime.evaluate', {
    expression: `{ const end = performance.now() + ${BURN_MS}; while (performance.now() < end); }`,
  })
  const after = await cpuTimes()
  const [busiest] = [...after]
    .map(([pid, ticks]) => ({ pid, ticks: ticks - (before.get(pid) ?? 0) }))
    .toSorted((a, b) => b.ticks - a.ticks)
  if (busiest === undefined) throw new Error('no process of a page was found')
  return busiest.pid
}

/** Of each renderer that descends from this process, its time in user mode in ticks of the clock. */
async function cpuTimes(): Promise<ReadonlyMap<number, number>> {
  const processes = new Map<number, { readonly parent: number; readonly ticks: number }>()
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '')
    // The name stands in parentheses and may contain anything; counted from behind it, 1 is the parent.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    processes.set(Number(entry), { parent: Number(fields[1]), ticks: Number(fields[11]) })
  }
  const descends = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === process.pid || descends(processes.get(pid)?.parent))
  const times = new Map<number, number>()
  for (const [pid, { ticks }] of processes) {
    if (!descends(pid)) continue
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (command.includes('--type=renderer')) times.set(pid, ticks)
  }
  return times
}

async function residentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? []
  return Number(kibibytes) * 1024
}
