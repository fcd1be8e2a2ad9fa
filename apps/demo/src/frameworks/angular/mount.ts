import { createComponent, provideZonelessChangeDetection } from '@angular/core'
import { createApplication } from '@angular/platform-browser'
import { provideDatabase } from '@datasync/angular'
import { database } from '../../data/database.ts'
import { Pane } from './pane.ts'

export async function mount(element: HTMLElement): Promise<void> {
  const app = await createApplication({
    providers: [provideZonelessChangeDetection(), provideDatabase(() => database)],
  })
  app.attachView(createComponent(Pane, { environmentInjector: app.injector, hostElement: element }).hostView)
}
