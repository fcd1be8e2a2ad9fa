import { playExamples, type ExampleFiles } from '@datasync/conformance'
import { DatabaseProvider } from '@datasync/react'
import { cleanup } from '@testing-library/react'
import { StrictMode, Suspense, type ComponentType } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { beforeEach } from 'vitest'
import { GIVEN, PROPS } from './given.tsx'

const files: ExampleFiles = {
  modules: import.meta.glob('../../run-examples/*.{ts,tsx}'),
  sources: import.meta.glob('../../run-examples/*.{ts,tsx}', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
}
let roots: Root[] = []

// As in an app: there, nothing is wrapped in `act`.
beforeEach(() => void Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false }))

playExamples(files, {
  given: { ...GIVEN, createRoot: openRoot },
  mount: (module, db, element) => {
    const { Example } = module as { Example?: ComponentType<typeof PROPS> }
    if (Example === undefined) return
    openRoot(element).render(
      <StrictMode>
        <DatabaseProvider database={db}>
          <Suspense fallback={<p>One moment</p>}>
            <Example {...PROPS} />
          </Suspense>
        </DatabaseProvider>
      </StrictMode>,
    )
  },
  unmount: () => {
    for (const root of roots) root.unmount()
    roots = []
    cleanup()
  },
})

function openRoot(element: Element): Root {
  const root = createRoot(element)
  roots.push(root)
  return root
}
