import { playExamples, type ExampleFiles } from '@datasync/conformance'
import { dataSync } from '@datasync/vue'
import { cleanup } from '@testing-library/vue'
import { createApp, h, Suspense, type App, type Component } from 'vue'
import { GIVEN, PROPS } from './given.ts'

const files: ExampleFiles = {
  modules: import.meta.glob('../../run-examples/*.{ts,vue}'),
  sources: import.meta.glob('../../run-examples/*.{ts,vue}', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
}
let apps: App[] = []

playExamples(files, {
  given: { ...GIVEN, createApp: makeApp },
  mount: (module, db, element) => {
    const { default: example } = module as { default?: Component & { props?: object } }
    if (example === undefined) return
    const props = Object.entries(PROPS).filter(([name]) => name in (example.props ?? {}))
    makeApp({ render: () => h(Suspense, () => h(example, Object.fromEntries(props))) })
      .use(dataSync(db))
      .mount(element)
  },
  unmount: () => {
    for (const app of apps) app.unmount()
    apps = []
    cleanup()
  },
})

function makeApp(root: Component): App {
  const app = createApp(root)
  apps.push(app)
  return app
}
