import { watchGlobals } from '@datasync/conformance/watch-globals'
import { join } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { runnerImport } from 'vite'
import { beforeAll, expect, test } from 'vitest'
import type * as RenderPage from './server/render-page.ts'

type Server = typeof RenderPage

const ROOT = join(import.meta.dirname, '..')
let server: Server

beforeAll(async () => {
  const { module } = await runnerImport<Server>(join(ROOT, 'test/server/render-page.ts'), {
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    plugins: [svelte({ configFile: false })],
  })
  server = module
})

test('a server renders a query as pending and touches nothing of a browser', async () => {
  const touched = watchGlobals('Worker', 'navigator', 'indexedDB', 'BroadcastChannel')

  const html = await server.renderOnServer({})

  expect(html).toContain('<p class="pending" data-stored="pending">idle idle</p>')
  expect(html).toContain('<output>pending true</output>')
  expect(html).toContain('<li>nothing</li>')
  expect(html).toContain('<p>waiting</p>')
  expect(touched()).toEqual([])
})

test('a server renders the same with a database that is open and has the rows', async () => {
  expect(await server.renderWithRows()).toBe(await server.renderOnServer({}))
})

test('a server renders the rows that it was given', async () => {
  expect(await server.renderOnServer({ initialData: [{ title: 'bread' }] })).toContain(
    '<output>bread</output>',
  )
})
