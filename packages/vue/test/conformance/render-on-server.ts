import type { RenderOnServer } from '@datasync/conformance'
import { createDatabase } from '@datasync/engine'
import { hydrate } from '@datasync/engine/hydration'
import { renderToString } from '@vue/server-renderer'
import { createSSRApp } from 'vue'
import { dataSync } from '../../src/index.ts'
import { TodoApp } from './todo-app.ts'

export const renderOnServer: RenderOnServer = (query, state) => {
  const db = createDatabase('server')
  return renderToString(createSSRApp(TodoApp, { query }).use(dataSync(state ? hydrate(db, state) : db)))
}
