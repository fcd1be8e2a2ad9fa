import {
  Component,
  createComponent,
  createEnvironmentInjector,
  inject,
  InjectionToken,
  provideZonelessChangeDetection,
  signal,
  type ApplicationRef,
  type EnvironmentProviders,
  type Provider,
  type Type,
} from '@angular/core'
import { createApplication, provideClientHydration } from '@angular/platform-browser'
import type {
  Driver,
  MountedPages,
  MountedQuery,
  MountedWriter,
  PagesProps,
  QueryProps,
  Rendering,
  TodoResult,
} from '@datasync/conformance'
import type { Database, MutationFunction, MutationSnapshot, StatementInput } from '@datasync/engine'
import { injectDatabaseStatus, injectHydrated, injectMutation, provideDatabase } from '../../src/index.ts'
import { PAGES_PROPS, PagesView } from './pages-view.ts'
import { PROPS, TodoApp } from './todo-app.ts'
import { WITNESS, type Witness } from './todo-view.ts'

const app = await createApplication({ providers: [provideZonelessChangeDetection()] })
const applications = new Set([app])

export const driver: Driver = {
  name: 'Angular',
  providerLine: 'provideDatabase(() => db)',
  serverModule: 'test/conformance/render-on-server.ts',
  mount: (database, props) => {
    const container = createContainer('todo-app')
    return mountQuery(database, props, container, (providers) =>
      mountComponent(app, TodoApp, container, providers),
    )
  },
  hydrate: (database, props, container) =>
    mountQuery(database, props, container, (providers) => hydrateApp(container, providers)),
  mountWriter,
  mountPages,
  apply: async (work) => {
    const value = await work()
    await settle()
    return value
  },
}

async function settle(): Promise<void> {
  await Promise.all([...applications].map((application) => application.whenStable()))
}

type Providers = (Provider | EnvironmentProviders)[]

interface MountedComponent<Root> {
  readonly instance: Root
  unmount(): Promise<void>
}

/** By an application of its own, as a page does: it takes over what the server left, and clears the rest. */
async function hydrateApp(container: Element, providers: Providers): Promise<MountedComponent<TodoApp>> {
  // Angular looks for it at the top of the body, as a sign that nothing has dropped comments on the way.
  const marker = document.createComment('nghm')
  document.body.prepend(marker)
  const application = await createApplication({
    providers: [provideZonelessChangeDetection(), provideClientHydration(), ...providers],
  })
  applications.add(application)
  const { instance } = application.bootstrap(TodoApp, container.firstElementChild ?? container)
  await application.whenStable()
  return {
    instance,
    unmount: async () => {
      applications.delete(application)
      application.destroy()
      marker.remove()
      container.remove()
    },
  }
}

async function mountQuery(
  database: Database | undefined,
  initialProps: QueryProps,
  container: Element,
  mount: (providers: Providers) => Promise<MountedComponent<TodoApp>>,
): Promise<MountedQuery> {
  const renderings: Rendering[] = []
  let current: (() => TodoResult) | undefined
  const witness: Witness = {
    mounted: (read) => {
      current = read
    },
    rendered: (props, result) => renderings.push({ props, result }),
  }
  const props = signal(initialProps)
  const root = await mount([
    database === undefined ? [] : provideDatabase(() => injectHydrated(database)),
    { provide: PROPS, useValue: props },
    { provide: WITNESS, useValue: witness },
  ])
  return {
    container,
    renderings,
    current: () => {
      if (current === undefined) throw new Error('Nothing was rendered.')
      return current()
    },
    setProps: (next) => {
      props.set(next)
      return settle()
    },
    setVisible: (isVisible) => {
      root.instance.isVisible.set(isVisible)
      return settle()
    },
    unmount: () => root.unmount(),
  }
}

const WORK: InjectionToken<MutationFunction<unknown, unknown>> = new InjectionToken('work')

@Component({ selector: 'todo-writer', template: '' })
class TodoWriter {
  readonly mutation = injectMutation(inject(WORK))
  readonly status = injectDatabaseStatus()
}

async function mountWriter<Variables, Data>(
  database: Database,
  work: StatementInput | MutationFunction<Variables, Data>,
): Promise<MountedWriter<Variables, Data>> {
  const writer = await mountComponent(app, TodoWriter, createContainer('todo-writer'), [
    provideDatabase(() => database),
    { provide: WORK, useValue: work },
  ])
  const { mutation, status } = writer.instance
  return {
    mutation: () =>
      ({
        status: mutation.status(),
        data: mutation.data(),
        error: mutation.error(),
        isPending: mutation.isPending(),
      }) as MutationSnapshot<Data>,
    calls: mutation as unknown as MountedWriter<Variables, Data>['calls'],
    status,
    unmount: () => writer.unmount(),
  }
}

async function mountPages(database: Database, initialProps: PagesProps): Promise<MountedPages> {
  const props = signal(initialProps)
  const container = createContainer('todo-pages')
  const pages = await mountComponent(app, PagesView, container, [
    provideDatabase(() => database),
    { provide: PAGES_PROPS, useValue: props },
  ])
  return {
    container,
    current: () => pages.instance.current(),
    setProps: (next) => {
      props.set(next)
      return settle()
    },
    unmount: () => pages.unmount(),
  }
}

async function mountComponent<Root>(
  application: ApplicationRef,
  component: Type<Root>,
  container: Element,
  providers: (Provider | EnvironmentProviders)[],
): Promise<{ readonly instance: Root; readonly unmount: () => Promise<void> }> {
  const environmentInjector = createEnvironmentInjector(providers, application.injector)
  const hostElement = container.firstElementChild ?? container
  const mounted = createComponent(component, { environmentInjector, hostElement })
  // Not left to the application, which would give what is thrown to its ErrorHandler.
  mounted.changeDetectorRef.detectChanges()
  application.attachView(mounted.hostView)
  await application.whenStable()
  return {
    instance: mounted.instance,
    unmount: async () => {
      mounted.destroy()
      environmentInjector.destroy()
      container.remove()
    },
  }
}

function createContainer(selector: string): Element {
  const container = document.body.appendChild(document.createElement('div'))
  container.append(document.createElement(selector))
  return container
}
