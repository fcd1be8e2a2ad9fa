import { createDatabase } from '@datasync/engine'
import type { DehydratedState } from '@datasync/engine/hydration'
import { renderToString } from 'react-dom/server'
import { DatabaseProvider, HydrationBoundary } from '../../src/index.ts'
import { SuspensePage, type SuspensePageProps } from './suspense-page.tsx'

export async function renderOnServer(props: SuspensePageProps, state?: DehydratedState): Promise<string> {
  return renderToString(
    <DatabaseProvider database={createDatabase('server')}>
      <HydrationBoundary state={state}>
        <SuspensePage {...props} />
      </HydrationBoundary>
    </DatabaseProvider>,
  )
}
