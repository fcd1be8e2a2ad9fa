import type { RenderOnServer } from '@datasync/conformance'
import { createDatabase } from '@datasync/engine'
import { renderToString } from 'react-dom/server'
import { DatabaseProvider } from '../../src/index.ts'
import { TodoApp } from './todo-app.tsx'

export const renderOnServer: RenderOnServer = async (props) =>
  renderToString(
    <DatabaseProvider database={createDatabase('server')}>
      <TodoApp {...props} />
    </DatabaseProvider>,
  )
