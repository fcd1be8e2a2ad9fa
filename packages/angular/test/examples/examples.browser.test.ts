import {
  createComponent,
  provideZonelessChangeDetection,
  reflectComponentType,
  type ApplicationConfig,
  type ApplicationRef,
  type Type,
} from '@angular/core'
import { TestBed } from '@angular/core/testing'
import { bootstrapApplication, createApplication } from '@angular/platform-browser'
import { playExamples, type ExampleFiles } from '@datasync/conformance'
import type { Database } from '@datasync/engine'
import { provideDatabase } from '@datasync/angular'
import { App, GIVEN, INPUTS } from './given.ts'

const files: ExampleFiles = {
  modules: import.meta.glob('../../run-examples/*.ts'),
  sources: import.meta.glob('../../run-examples/*.ts', { query: '?raw', import: 'default', eager: true }),
}
let applications: ApplicationRef[] = []

playExamples(files, {
  given: GIVEN,
  mount: async (module, db, element) => {
    const { appConfig, ...others } = module as Readonly<Record<string, unknown>>
    if (appConfig !== undefined) {
      applications.push(await bootstrapApplication(App, appConfig as ApplicationConfig))
    }
    for (const component of Object.values(others))
      await mountComponent(component as Type<unknown>, db, element)
  },
  unmount: () => {
    for (const application of applications) application.destroy()
    applications = []
    TestBed.resetTestingModule()
  },
})

async function mountComponent(component: Type<unknown>, db: Database, element: Element): Promise<void> {
  const mirror = reflectComponentType(component)
  if (mirror === null) return
  const application = await createApplication({
    providers: [provideZonelessChangeDetection(), provideDatabase(() => db)],
  })
  applications.push(application)
  const hostElement = element.appendChild(document.createElement(mirror.selector))
  const mounted = createComponent(component, { environmentInjector: application.injector, hostElement })
  for (const { templateName } of mirror.inputs) mounted.setInput(templateName, INPUTS[templateName])
  application.attachView(mounted.hostView)
  await application.whenStable()
}
