import { describe, expect, test } from 'vitest'
import type { ChangeSet } from '../../src/index.ts'
import { openTestDatabase, openTodos } from './open-test-database.ts'

describe('onChange', () => {
  test('tells of each commit, by table and column, before the write resolves', async () => {
    const db = await openTodos()
    const heard: ChangeSet[] = []
    db.onChange((changes) => heard.push(changes))

    await db.run('update todo set done = 1')
    expect(heard).toMatchObject([
      { everything: false, changes: [{ schema: 'main', table: 'todo', columns: ['done'] }] },
    ])

    await db.run('delete from todo where id = 1')
    expect(heard[1]).toMatchObject({ changes: [{ table: 'todo', columns: undefined }] })
    expect(heard[1]?.commit).toBeGreaterThan(heard[0]?.commit ?? Infinity)
  })

  test('is called after the live queries show the commit', async () => {
    const db = await openTodos()
    const observer = db.observe('select * from todo')
    const order: unknown[] = []
    observer.subscribe(() => order.push('query'))
    await db.flush()
    order.length = 0
    db.onChange(() => order.push(observer.getSnapshot().data?.length))

    await db.run('delete from todo where id = 1')

    expect(order).toEqual(['query', 2])
  })

  test('is called once for what one call changed, and not for what was undone', async () => {
    const db = await openTodos()
    const heard: ChangeSet[] = []
    db.onChange((changes) => heard.push(changes))

    await db.batch(['update todo set done = 1', 'update todo set done = 0'])
    await db.batch(['update todo set done = 1', 'insert into todo (id) values (1)']).catch(() => undefined)
    await db.flush()

    expect(heard).toHaveLength(1)
  })

  test('can be asked about some tables only, under any case and with or without their schema', async () => {
    const db = await openTestDatabase()
    await db.exec("attach ':memory:' as archive")
    await db.exec('create table todo (a); create table list (a); create temp table note (a)')
    await db.exec('create table archive.todo (a)')
    const heard: string[] = []
    const listen = (name: string, tables: readonly string[]): void => {
      db.onChange(({ changes }) => heard.push(`${name}: ${changes.map(({ table }) => table).join()}`), {
        tables,
      })
    }
    listen('bare', ['TODO'])
    listen('main', ['main.todo'])
    listen('archive', ['archive.todo'])
    listen('temp', ['note'])

    await db.batch(['insert into main.todo values (1)', 'insert into list values (1)'])
    expect(heard.splice(0)).toEqual(['bare: todo', 'main: todo'])

    await db.run('insert into archive.todo values (1)')
    expect(heard.splice(0)).toEqual(['archive: todo'])

    await db.run('insert into note values (1)')
    expect(heard.splice(0)).toEqual(['temp: note'])

    await db.run('insert into list values (1)')
    expect(heard).toEqual([])
  })

  test('tells everybody of a change of the schema', async () => {
    const db = await openTodos()
    const heard: ChangeSet[] = []
    db.onChange((changes) => heard.push(changes), { tables: ['todo'] })

    await db.exec('create table other (a)')

    expect(heard).toMatchObject([{ everything: true }])
  })

  test('ends when it is told to, also by another listener', async () => {
    const db = await openTodos()
    const heard: string[] = []
    const stopFirst = db.onChange(() => {
      heard.push('first')
      stopSecond()
    })
    const stopSecond = db.onChange(() => heard.push('second'))

    await db.run('update todo set done = 1')
    stopFirst()
    stopFirst()
    await db.run('update todo set done = 0')

    expect(heard).toEqual(['first'])
  })
})
