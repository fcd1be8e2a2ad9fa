import type { RenderOnServer } from '@datasync/conformance'
import { createDatabase } from '@datasync/engine'
import { renderToString } from 'react-dom/server'
import { DatabaseProvider, HydrationBoundary } from '../../src/index.ts'
import { SuspensePage } from './suspense-page.tsx'

export const renderOnServer: RenderOnServer = async ({ statement }, state) =>
  renderToString(
    <DatabaseProvider database={createDatabase('server')}>
      <HydrationBoundary state={state}>
        <SuspensePage statement={String(statement)} />
      </HydrationBoundary>
    </DatabaseProvider>,
  )
