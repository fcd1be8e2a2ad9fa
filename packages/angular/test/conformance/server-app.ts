// oxlint-disable-next-line import/no-unassigned-import -- Angular's own packages come half compiled
import '@angular/compiler'
import { signal } from '@angular/core'
import { bootstrapApplication, provideClientHydration } from '@angular/platform-browser'
import { provideServerRendering, renderApplication } from '@angular/platform-server'
import type { RenderOnServer } from '@datasync/conformance'
import { createDatabase } from '@datasync/engine'
import { injectHydrated, provideDatabase, provideDehydrated } from '../../src/index.ts'
import { PROPS, TodoApp } from './todo-app.ts'

export const renderTodos: RenderOnServer = (props, state) =>
  renderApplication(
    (context) =>
      bootstrapApplication(
        TodoApp,
        {
          providers: [
            provideServerRendering(),
            provideClientHydration(),
            provideDatabase(() => injectHydrated(createDatabase('server'))),
            state === undefined ? [] : provideDehydrated(async () => state),
            { provide: PROPS, useValue: signal(props) },
          ],
        },
        context,
      ),
    { document: '<todo-app></todo-app>' },
  )
