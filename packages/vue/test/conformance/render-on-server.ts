import type { RenderOnServer } from '@datasync/conformance'
import { createDatabase } from '@datasync/engine'
import { renderToString } from '@vue/server-renderer'
import { createSSRApp } from 'vue'
import { dataSync } from '../../src/index.ts'
import { TodoApp } from './todo-app.ts'

export const renderOnServer: RenderOnServer = (query) =>
  renderToString(createSSRApp(TodoApp, { query }).use(dataSync(createDatabase('server'))))
