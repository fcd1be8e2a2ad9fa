import '@angular/compiler'
import { Component, provideZonelessChangeDetection } from '@angular/core'
import { bootstrapApplication } from '@angular/platform-browser'
import { provideServerRendering, renderApplication } from '@angular/platform-server'
import { createDatabase } from '@datasync/engine'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as source from '../src/index.ts'

const BROWSER_ONLY = ['Worker', 'SharedWorker', 'indexedDB', 'BroadcastChannel']
const touched: string[] = []

beforeEach(() => {
  for (const name of BROWSER_ONLY) {
    vi.stubGlobal(name, undefined)
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get: () => {
        touched.push(name)
        return undefined
      },
    })
  }
})

afterEach(() => {
  for (const name of BROWSER_ONLY) Reflect.deleteProperty(globalThis, name)
  vi.unstubAllGlobals()
  expect(touched.splice(0)).toEqual([])
})

test('a server renders a query as loading, the status as idle, and opens nothing', async () => {
  expect(await render(source)).toContain('loading true idle idle pending')
})

test('a server renders initial data', async () => {
  expect(await render(source, [{ title: 'milk' }])).toContain('milk')
})

test('the package as it is built can be imported and rendered in Node', async () => {
  expect(await render(await import('@datasync/angular'))).toContain('loading true idle idle pending')
})

async function render(
  adapter: Pick<
    typeof source,
    'Database' | 'injectDatabaseStatus' | 'injectMutation' | 'injectQuery' | 'provideDatabase'
  >,
  initialData?: readonly { title: string }[],
): Promise<string> {
  const { Database, injectDatabaseStatus, injectMutation, injectQuery, provideDatabase } = adapter
  const { inject } = await import('@angular/core')
  let streamed: string | undefined
  const App = Component({
    selector: 'app-root',
    template:
      '{{ todos.status() }} {{ todos.isFetching() }} {{ status().phase }} {{ add.status() }} {{ streamed }} {{ todos.value()?.at(0)?.title }}',
  })(
    class {
      readonly todos = injectQuery<{ title: string }>('select * from todo', [], { initialData })
      readonly status = injectDatabaseStatus()
      readonly add = injectMutation('insert into todo (title) values (?)')
      readonly streamed = streamed
      constructor() {
        const subscription = inject(Database)
          .query$('select * from todo')
          .subscribe(({ status }) => {
            streamed = status
          })
        subscription.unsubscribe()
        this.streamed = streamed
      }
    },
  )
  return renderApplication(
    (context) =>
      bootstrapApplication(
        App,
        {
          providers: [
            provideZonelessChangeDetection(),
            provideServerRendering(),
            provideDatabase(() => createDatabase('server')),
          ],
        },
        context,
      ),
    { document: '<app-root></app-root>' },
  )
}
