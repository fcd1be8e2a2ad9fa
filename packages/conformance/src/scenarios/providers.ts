import { expect, vi } from 'vitest'
import { DataSyncError } from '@datasync/engine'
import type { Scenarios } from '../stage.ts'
import { openTodos, TODOS } from '../todos.ts'

export const providers: Scenarios = {
  'that is missing is an error with the line to add': async ({ mount, providerLine }) => {
    // Frameworks repeat on the console what a component throws.
    vi.mocked(console.error).mockImplementation(() => undefined)
    vi.mocked(console.warn).mockImplementation(() => undefined)

    const thrown: unknown = await mount(undefined, { statement: TODOS }).catch((error: unknown) => error)

    vi.mocked(console.error).mockClear()
    vi.mocked(console.warn).mockClear()
    expect(thrown).toBeInstanceOf(DataSyncError)
    expect(thrown).toMatchObject({ code: 'missing-provider' })
    expect(String(thrown)).toContain(providerLine)
  },

  'is not needed where the options name a database': async ({ mount }) => {
    const database = await openTodos()

    const view = await mount(undefined, { statement: TODOS, options: { database } })

    await view.shows('milk bread paint')
  },
}
