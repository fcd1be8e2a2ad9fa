// oxlint-disable-next-line import/no-unassigned-import -- nothing has compiled this, nor Angular's own packages
import '@angular/compiler'
import { Component, inject, provideZonelessChangeDetection } from '@angular/core'
import { bootstrapApplication } from '@angular/platform-browser'
import { provideServerRendering, renderApplication } from '@angular/platform-server'
import { watchGlobals } from '@datasync/conformance/watch-globals'
import { createDatabase } from '@datasync/engine'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import * as source from '../src/index.ts'

beforeEach(() => {
  const touched = watchGlobals('Worker', 'SharedWorker', 'indexedDB', 'BroadcastChannel')
  onTestFinished(() => expect(touched()).toEqual([]))
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

type Adapter = Pick<
  typeof source,
  'Database' | 'injectDatabaseStatus' | 'injectMutation' | 'injectQuery' | 'provideDatabase'
>

async function render(adapter: Adapter, initialData?: readonly { title: string }[]): Promise<string> {
  const { Database, injectDatabaseStatus, injectMutation, injectQuery, provideDatabase } = adapter
  const App = Component({
    selector: 'app-root',
    template: `
      {{ todos.status() }} {{ todos.isFetching() }} {{ status().phase }} {{ add.status() }} {{ streamed }}
      {{ todos.value()?.at(0)?.title }}
    `,
  })(
    class {
      readonly todos = injectQuery<{ title: string }>('select * from todo', [], { initialData })
      readonly status = injectDatabaseStatus()
      readonly add = injectMutation('insert into todo (title) values (?)')
      streamed: string | undefined

      constructor() {
        inject(Database)
          .query$('select * from todo')
          .subscribe(({ status }) => {
            this.streamed = status
          })
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
