import { createDatabase, type Database } from '@datasync/engine'
import { createAngularList } from '../lists/angular/angular-list.ts'
import { ITEMS, type Item, type ListFramework } from '../lists/list-framework.ts'
import { reactList } from '../lists/react/react-list.tsx'
import { svelteList } from '../lists/svelte/svelte-list.svelte.ts'
import { vueList } from '../lists/vue/vue-list.ts'
import { fasterThan, median, type Ratio } from '../ratio.ts'

const ROWS = 10_000
const CHANGED = ROWS / 2
const CHANGES = 60
/** Milliseconds from one frame to the next. */
const FRAME = 1000 / 60

/** From a change to the page, in milliseconds. */
interface Times {
  /** Until the framework has written it into the document, in the middle. */
  readonly written: number
  /** Until the frame is painted, on average: a change falls anywhere between two frames. */
  readonly painted: number
}

/**
 * A list of 10,000 rows in each framework, of which one changes: from the write to the page, beside
 * the same list bound by hand to an array in which the same row is replaced.
 */
export async function compareFrameworkLists(): Promise<readonly Ratio[]> {
  await using database = createDatabase('bench-lists', { storage: 'opfs' })
  await database.exec(`
    drop table if exists item;
    create table item (id integer primary key, name text);
    with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROWS})
    insert into item select i, 'item ' || i from n;`)
  const frameworks = [reactList, vueList, svelteList, await createAngularList(database)]
  const ratios: Ratio[] = []
  for (const framework of frameworks) {
    const plain = await timePlain(framework, await database.query<Item>(ITEMS))
    const { times, renderings } = await timeLive(framework, database)
    const what = `one row of 10,000 changed, ${framework.name} (${renderings} renderings a commit)`
    const other = 'an array, no database'
    ratios.push(fasterThan(`${what}, to the document`, times.written, other, plain.written))
    ratios.push(fasterThan(`${what}, to painted`, times.painted, other, plain.painted))
  }
  return ratios
}

async function timePlain(framework: ListFramework, initial: readonly Item[]): Promise<Times> {
  const element = addElement()
  let items = initial
  const list = framework.mountPlain(element, items)
  await isShown(element, ROWS)
  const times = await timeChanges(element, async (name) => {
    items = items.with(CHANGED - 1, { id: CHANGED, name })
    list.show(items)
  })
  list.unmount()
  element.remove()
  return times
}

async function timeLive(
  framework: ListFramework,
  database: Database,
): Promise<{ readonly times: Times; readonly renderings: number }> {
  const element = addElement()
  let renderings = 0
  const unmount = framework.mountLive(element, database, () => {
    renderings += 1
  })
  await isShown(element, ROWS)
  await painted()
  renderings = 0
  const times = await timeChanges(element, (name) =>
    database.run('update item set name = ? where id = ?', [name, CHANGED]),
  )
  unmount()
  element.remove()
  return { times, renderings: renderings / CHANGES }
}

async function timeChanges(element: HTMLElement, change: (name: string) => Promise<unknown>): Promise<Times> {
  const row = element.querySelectorAll('li')[CHANGED - 1]
  if (row === undefined) throw new Error('The row to be changed is not shown.')
  const written: number[] = []
  const shown: number[] = []
  for (let round = 0; round < CHANGES; round += 1) {
    await painted()
    await elapsed((round / CHANGES) * FRAME)
    const name = `changed ${round} ${Math.random()}`
    const start = performance.now()
    const changed = isChanged(row, name)
    void change(name)
    await changed
    written.push(performance.now() - start)
    await painted()
    shown.push(performance.now() - start)
  }
  return { written: median(written), painted: shown.reduce((sum, time) => sum + time, 0) / CHANGES }
}

function addElement(): HTMLElement {
  return document.body.appendChild(document.createElement('div'))
}

async function isShown(element: HTMLElement, rows: number): Promise<void> {
  while (element.querySelectorAll('li').length < rows) await painted()
}

function isChanged(row: HTMLElement, name: string): Promise<void> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (row.textContent !== name) return
      observer.disconnect()
      resolve()
    })
    observer.observe(row, { subtree: true, childList: true, characterData: true })
  })
}

/** Resolves after a number of milliseconds, more exactly than a timer. */
async function elapsed(milliseconds: number): Promise<void> {
  const end = performance.now() + milliseconds
  while (performance.now() < end) await new Promise((resolve) => queueMicrotask(() => resolve(undefined)))
}

/** Resolves when the next frame was painted: a message that is sent in a frame arrives after it. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', () => resolve(), { once: true })
      port1.start()
      port2.postMessage(null)
    })
  })
}
