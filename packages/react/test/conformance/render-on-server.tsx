import type { RenderOnServer } from '@datasync/conformance'
import { createDatabase } from '@datasync/engine'
import { renderToString } from 'react-dom/server'
import { DatabaseProvider, HydrationBoundary } from '../../src/index.ts'
import { TodoApp } from './todo-app.tsx'

export const renderOnServer: RenderOnServer = async (props, state) =>
  renderToString(
    <DatabaseProvider database={createDatabase('server')}>
      <HydrationBoundary state={state}>
        <TodoApp {...props} />
      </HydrationBoundary>
    </DatabaseProvider>,
  )
