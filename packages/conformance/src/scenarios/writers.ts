import { expect } from 'vitest'
import type { Database } from '@datasync/engine'
import { eventually, type Scenarios } from '../stage.ts'
import { createTodos, openTodos, TODOS } from '../todos.ts'

export const writers: Scenarios = {
  'go from idle to pending to success, and live queries show the write by then': async (stage) => {
    const db = await openTodos()
    const view = await stage.mount(db, { statement: TODOS })
    await view.shows('milk bread paint')
    const writer = await stage.mountWriter(db, 'insert into todo (list, title) values (:list, :title)')
    expect(writer.mutation()).toEqual({
      status: 'idle',
      data: undefined,
      error: undefined,
      isPending: false,
    })

    await stage.apply(async () => {
      const written = writer.calls.mutateAsync({ list: 3, title: 'salt' })
      expect(writer.mutation()).toMatchObject({ status: expect.stringMatching(/idle|pending/) })
      await eventually(() => expect(writer.mutation().status).not.toBe('idle'))
      expect(await written).toMatchObject({ changes: 1 })
    })

    expect(view.text()).toBe('milk bread paint salt')
    expect(writer.mutation()).toMatchObject({ status: 'success', data: { changes: 1 }, isPending: false })
    await writer.unmount()
  },

  'have the error of a call that fails, and forget it on reset': async ({ mountWriter, apply }) => {
    const db = await openTodos()
    const writer = await mountWriter(db, (database: Database, title: string | null) =>
      database.run('insert into todo (list, title) values (1, ?)', [title]),
    )

    await apply(async () => {
      writer.calls.mutate(null)
      await eventually(() => expect(writer.mutation().status).toBe('error'))
    })
    expect(writer.mutation()).toMatchObject({ data: undefined, error: { code: 'constraint' } })

    await apply(async () => writer.calls.reset())
    expect(writer.mutation().status).toBe('idle')

    await apply(() => writer.calls.mutateAsync('salt'))
    expect(writer.mutation()).toMatchObject({ status: 'success', data: { changes: 1 } })
    await writer.unmount()
  },

  'write on after their component is gone': async ({ mountWriter, apply }) => {
    const db = await openTodos()
    const writer = await mountWriter(db, 'delete from todo where id = ?')
    const { mutateAsync } = writer.calls

    const written = mutateAsync([1])
    await writer.unmount()

    await expect(apply(() => written)).resolves.toMatchObject({ changes: 1 })
    expect(await db.query(TODOS)).toHaveLength(2)
  },

  'tell of the database from its opening to its end, and do not open it': async ({ mountWriter, apply }) => {
    const db = createTodos()
    const writer = await mountWriter(db, 'delete from todo')
    expect(writer.status()).toMatchObject({ phase: 'idle', error: undefined, storage: undefined })

    await apply(() => db.ready)
    await apply(() =>
      eventually(() =>
        expect(writer.status()).toMatchObject({ phase: 'open', storage: { backend: 'memory' } }),
      ),
    )

    await apply(() => db.close())
    expect(writer.status().phase).toBe('closed')
    await writer.unmount()
  },

  'have the error of a database that cannot be opened': async ({ mount, mountWriter, apply }) => {
    const db = createTodos({ migrations: ['create table nonsense ('] })
    const writer = await mountWriter(db, 'delete from todo')
    const view = await mount(db, { statement: TODOS })

    await view.shows('error migration-failed')

    await apply(() =>
      eventually(() =>
        expect(writer.status()).toMatchObject({ phase: 'failed', error: { code: 'migration-failed' } }),
      ),
    )
    await writer.unmount()
  },
}
