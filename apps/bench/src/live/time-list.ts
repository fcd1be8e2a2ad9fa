import { Callbacks } from './callbacks.ts'
import type { LiveDatabase, ShownItem } from './contender.ts'
import { LIST, scattered } from './data.ts'
import type { ListTimes } from './tasks.ts'
import { within } from './within.ts'
import { LIMIT_MS, LIST_UPDATES, restAfter, WARM_UP, withoutWarmUp } from './workload.ts'

const OPENING_MS = 60_000
const SHOWING_MS = 60_000

export async function timeList(database: LiveDatabase, rows: number): Promise<ListTimes> {
  await database.create({ first: 1, count: rows, list: LIST })
  const callbacks = new Callbacks()
  let shown: readonly ShownItem[] = []
  let look = (): void => undefined
  const opening = database.watchList((next) => {
    callbacks.note()
    shown = next
    look()
  })
  await within(OPENING_MS, opening, () => `the live query was not open after ${OPENING_MS / 1000} s`)
  const places = new Map(shown.map(({ id }, index) => [id, index]))
  if (places.size !== rows) throw new Error(`verification failed: ${places.size} rows of ${rows}`)

  const untilShown = (id: number, version: number): Promise<number> => {
    const place = places.get(id) ?? -1
    const showing = new Promise<number>((resolve) => {
      look = () => {
        const row = shown[place]
        if (row?.id === id && row.version === version) resolve(callbacks.last)
      }
    })
    return within(SHOWING_MS, showing, () => `the row was not shown within ${SHOWING_MS / 1000} s`)
  }

  const milliseconds: number[] = []
  const replaced: number[] = []
  const begun = performance.now()
  for (let update = 1; update <= WARM_UP + LIST_UPDATES; update++) {
    const id = scattered(update, rows)
    await callbacks.untilQuiet(restAfter(milliseconds.at(-1)))
    const before = new Set(shown)
    const start = performance.now()
    const [at] = await Promise.all([untilShown(id, update), database.setVersion(id, update)])
    milliseconds.push(at - start)
    // At rest, since some show a write twice: as they hope that it will be, and as it was read.
    await callbacks.untilQuiet(restAfter(milliseconds.at(-1)))
    if (shown.length !== rows) throw new Error(`verification failed: ${shown.length} rows of ${rows}`)
    replaced.push(shown.filter((row) => !before.has(row)).length)
    if (performance.now() - begun > LIMIT_MS) break
  }
  return { milliseconds: withoutWarmUp(milliseconds), replaced: withoutWarmUp(replaced) }
}
