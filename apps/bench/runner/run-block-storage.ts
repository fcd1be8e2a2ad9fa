import { SIZES, type Size } from '../src/block-storage/data.ts'
import type { ContenderInfo } from '../src/block-storage/page.ts'
import { median } from '../src/ratio.ts'
import { openBenchBrowser, type BenchBrowser } from './bench-browser.ts'
import {
  ABOVE_EMPTY,
  COMMIT_RATE,
  COMMIT_TIME,
  firstRowOf,
  INSERT,
  POINTS,
  RESIDENT,
  SCAN,
  WASM_HEAP,
} from './block-storage-workloads.ts'
import { inContenderPage, listContenders, performIn, performOn, reasonOf } from './contender-pages.ts'
import { Figures, type Workload } from './figures.ts'
import { measureProcessMemory } from './process-memory.ts'
import { reportBlockStorage } from './report-block-storage.ts'

/** Rounds of the whole, so that nobody has the better moment. */
const ROUNDS = 3
/** Starts in each round: no other figure is as restless. */
const STARTS = 3

/**
 * Storage in blocks on IndexedDB, by us and by others, in one run: each workload in a page of its own,
 * on databases that were made before the browser was started anew.
 */
export async function runBlockStorage(): Promise<void> {
  await using browser = await openBenchBrowser()
  const contenders = await listContenders(browser)
  const figures = new Figures()
  const unprepared = new Map<string, string>()
  for (const contender of contenders) await prepare(browser, contender, unprepared)
  await browser.restart()
  for (let round = 1; round <= ROUNDS; round++) {
    console.error(`block storage: round ${round} of ${ROUNDS}`)
    for (const contender of contenders) {
      await measureWrites(browser, contender, figures, round)
      await measureReads(browser, contender, { figures, unprepared, round })
    }
  }
  await reportBlockStorage(figures.all(), browser.context.browser()?.version())
}

async function prepare(
  browser: BenchBrowser,
  contender: ContenderInfo,
  unprepared: Map<string, string>,
): Promise<void> {
  for (const size of SIZES) {
    const start = performance.now()
    const reason =
      contender.forgets ??
      (await performIn(browser, contender)('prepare', size).then(() => undefined, reasonOf))
    if (reason !== undefined) unprepared.set(keyOf(contender, size), reason)
    const seconds = ((performance.now() - start) / 1000).toFixed(1)
    console.error(`block storage: ${contender.name}, ${size} MB: ${reason ?? `made in ${seconds} s`}`)
  }
}

/** Where figures go, and what those need that read what was made before. */
interface Round {
  readonly figures: Figures
  /** Why databases could not be made. */
  readonly unprepared: ReadonlyMap<string, string>
  readonly round: number
}

async function measureReads(
  browser: BenchBrowser,
  contender: ContenderInfo,
  { figures, unprepared, round }: Round,
): Promise<void> {
  const [asMade = 'none'] = contender.durabilities
  const perform = performIn(browser, contender)

  /** What it gives has a value for each workload. */
  const read = async (
    workloads: readonly Workload[],
    size: Size,
    work: () => Promise<readonly number[]>,
  ): Promise<void> => {
    const missing = unprepared.get(keyOf(contender, size))
    const outcome = missing ?? (await work().catch(reasonOf))
    workloads.forEach((workload, index) => {
      if (typeof outcome === 'string') figures.fail(workload, contender.name, asMade, outcome)
      else figures.add(workload, contender.name, asMade, outcome.slice(index, index + 1))
    })
  }
  await read([POINTS], 100, async () => [await perform('readPoints', round)])
  for (const size of SIZES) {
    for (let start = 0; start < STARTS; start++) {
      await read([firstRowOf(size)], size, async () => [await perform('firstRow', size)])
    }
  }
  await read([RESIDENT, ABOVE_EMPTY, WASM_HEAP], 100, async () => {
    const empty = await inContenderPage(browser, contender.isIsolated, measureProcessMemory)
    const opened = await inContenderPage(browser, contender.isIsolated, async (page) => {
      await performOn(page, contender)('holdOpen', 100)
      return measureProcessMemory(page)
    })
    return [opened.resident, opened.resident - empty.resident, opened.wasmHeap]
  })
}

async function measureWrites(
  browser: BenchBrowser,
  contender: ContenderInfo,
  figures: Figures,
  round: number,
): Promise<void> {
  const { name, forgets, durabilities } = contender
  const perform = performIn(browser, contender)
  for (const durability of durabilities) {
    try {
      const { milliseconds, sum } = await perform('commit', durability)
      if (forgets === undefined) await perform('checkCommits', durability, sum)
      figures.add(COMMIT_TIME, name, durability, [median(milliseconds)])
      const total = milliseconds.reduce((all, one) => all + one, 0)
      figures.add(COMMIT_RATE, name, durability, [(milliseconds.length / total) * 1000])
    } catch (error) {
      for (const workload of [COMMIT_TIME, COMMIT_RATE]) {
        figures.fail(workload, name, durability, reasonOf(error))
      }
    }
    try {
      const inserted = await perform('insert', durability, round)
      // It counts only once it was read again.
      if (forgets === undefined) {
        figures.add(SCAN, name, durability, [await perform('scan', durability, round)])
      } else figures.fail(SCAN, name, durability, forgets)
      figures.add(INSERT, name, durability, [inserted])
    } catch (error) {
      for (const workload of [INSERT, SCAN]) figures.fail(workload, name, durability, reasonOf(error))
    }
  }
}

function keyOf({ name }: ContenderInfo, size: Size): string {
  return `${name} ${size}`
}
