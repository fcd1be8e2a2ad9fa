import {
  createComponent,
  inputBinding,
  provideZonelessChangeDetection,
  signal,
  type ApplicationRef,
} from '@angular/core'
import { createApplication } from '@angular/platform-browser'
import { provideDatabase } from '@datasync/angular'
import type { Database } from '@datasync/engine'
import type { ListFramework } from '../list-framework.ts'
import { List } from './list.ts'
import { LiveList } from './live-list.ts'

/** Applications are made asynchronously, so that this is too: one of a database. */
export async function createAngularList(database: Database): Promise<ListFramework> {
  const app: ApplicationRef = await createApplication({
    providers: [provideZonelessChangeDetection(), provideDatabase(() => database)],
  })
  const environmentInjector = app.injector
  return {
    name: 'Angular',
    mountLive(hostElement, _, rendered) {
      const bindings = [inputBinding('rendered', () => rendered)]
      const list = createComponent(LiveList, { environmentInjector, hostElement, bindings })
      app.attachView(list.hostView)
      return () => list.destroy()
    },
    mountPlain(hostElement, initial) {
      const items = signal(initial)
      const list = createComponent(List, {
        environmentInjector,
        hostElement,
        bindings: [inputBinding('items', items)],
      })
      app.attachView(list.hostView)
      return { show: (next) => items.set(next), unmount: () => list.destroy() }
    },
  }
}
