import { createDatabase, DataSyncError, sql, type Database } from '@datasync/engine'
import { expect, onTestFinished, test, vi } from 'vitest'
import { TABLES } from '../../../docs/examples/tables.ts'
import { expectSilentConsole } from './expect-silent-console.ts'
import { eventually } from './stage.ts'

/** The files that the plugin `componentExamples` has written, as `import.meta.glob` gives them. */
export interface ExampleFiles {
  readonly modules: Readonly<Record<string, () => Promise<unknown>>>
  readonly sources: Readonly<Record<string, string>>
}

export interface ExampleStage {
  /** What the examples of this framework take as given, as `docs/examples/*.d.ts` declares it. */
  readonly given: Readonly<Record<string, unknown>>
  /** Puts what a module exports on the page, with the database provided; nothing, if it does that itself. */
  readonly mount: (module: unknown, db: Database, element: Element) => void | Promise<void>
  /** Takes away what was mounted, by `mount` or by the example. */
  readonly unmount: () => void
}

/** What examples name `shop`, and make themselves. */
const OWN = 'shop'
const ASKS = /\b(?:use|create|inject)(?:Suspense|Infinite)?Query[<(]|\$todos\b/

const GIVEN = {
  createDatabase,
  DataSyncError,
  sql,
  migrations: TABLES,
  id: 1,
  list: 1,
  log: 1,
  title: 'butter',
  TODOS: 'select id, title from todo order by id',
}

/**
 * Each example is imported, and put on a page. It is right if its queries come to have rows, if nothing is written to
 * the console, and if what it writes succeeds once its fields are filled in and its buttons pressed.
 */
export function playExamples({ modules, sources }: ExampleFiles, stage: ExampleStage): void {
  expectSilentConsole(() => stage.unmount())

  test.each(Object.entries(modules))('%s runs', async (file, load) => {
    const source = sources[file] ?? ''
    const element = document.body.appendChild(document.createElement('div'))
    element.id = 'app'
    onTestFinished(() => element.remove())
    const db = createDatabase('example', { storage: 'memory', migrations: TABLES })
    onTestFinished(() => db.close())
    const writes = [vi.spyOn(db, 'run'), vi.spyOn(db, 'transaction')]
    Object.assign(globalThis, GIVEN, { db, archive: db, element }, stage.given)

    await stage.mount(await load(), db, element)
    const databases = source.includes(`createDatabase('${OWN}'`) ? [db, await findOwn(element)] : [db]
    const settle = (): Promise<void> =>
      eventually(() => {
        const queries = databases.flatMap(({ liveQueries }) => liveQueries.getSnapshot())
        expect(queries.filter(({ runs }) => runs === 0)).toEqual([])
        if (ASKS.test(source)) expect(queries).not.toEqual([])
        const results = writes.flatMap(({ mock }) => mock.settledResults)
        expect(results.filter(({ type }) => type !== 'fulfilled')).toEqual([])
      })
    useControls()
    await settle()
    // Buttons that were not there before there were rows.
    useControls()
    await settle()
  })
}

/** The database that an example makes itself, once it shows something of it. */
async function findOwn(element: Element): Promise<Database> {
  await eventually(() => expect(element.childElementCount).toBeGreaterThan(0))
  expect(console.warn).not.toHaveBeenCalled()
  // It warns that the example has given other options.
  const own = createDatabase(OWN)
  vi.mocked(console.warn).mockClear()
  onTestFinished(() => own.delete())
  return own
}

/** Fills in all fields, presses all buttons, and sends all forms. */
function useControls(): void {
  for (const field of document.querySelectorAll('input')) {
    field.value = 'milk'
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  for (const button of document.querySelectorAll('button')) button.click()
  for (const form of document.querySelectorAll('form')) form.requestSubmit()
}
