import { Component, createEnvironmentInjector, effect, EnvironmentInjector, inject } from '@angular/core'
import type { DatabaseStatus } from '@datasync/engine'
import { expect, test, vi } from 'vitest'
import { injectDatabaseStatus, injectMutation } from '../src/index.ts'
import { injectWith, renderWith } from './support/render.ts'
import { createTodos, openTodos, TODOS } from '@datasync/conformance'

@Component({
  selector: 'add-todo',
  template: `
    <button (click)="add.mutate({ title: 'salt' })" [disabled]="add.isPending()">Add</button>
    {{ add.status() }} {{ status().phase }}
  `,
})
class AddTodo {
  readonly add = injectMutation('insert into todo (list, title) values (1, :title)')
  readonly status = injectDatabaseStatus()
}

test('writes from a template, and says how it went', async () => {
  const db = createTodos()
  const view = await renderWith(db, AddTodo)
  expect(view.container.textContent).toMatch(/idle\s+idle/)

  view.getByRole('button').click()

  await expect.poll(() => view.container.textContent).toMatch(/success\s+open/)
  expect(await db.query(TODOS)).toHaveLength(4)
})

test('has functions that never change, and need no this', async () => {
  const db = await openTodos()
  const { mutateAsync, reset, status, data } = injectWith(db, () =>
    injectMutation('delete from todo where id = ?'),
  )

  await mutateAsync([1])
  expect(status()).toBe('success')
  expect(data()).toMatchObject({ changes: 1 })

  reset()
  expect(status()).toBe('idle')
  expect(data()).toBeUndefined()
})

test('knows its state at once, without a change detection in between', async () => {
  const db = await openTodos()
  const remove = injectWith(db, () =>
    injectMutation((database, id: number) => database.run('delete from todo where id = ?', [id])),
  )

  const removed = remove.mutateAsync(1)
  expect(remove.isPending()).toBe(true)
  await removed
  expect(remove.isPending()).toBe(false)
})

test('works outside of an injection context with the option injector, and after that is destroyed', async () => {
  const db = await openTodos()
  const injector = createEnvironmentInjector(
    [],
    injectWith(db, () => inject(EnvironmentInjector)),
  )
  const clear = injectMutation('delete from todo', { injector })

  injector.destroy()
  await clear.mutateAsync()

  expect(clear.status()).toBe('success')
  expect(await db.query(TODOS)).toEqual([])
  expect(() => injectMutation('delete from todo')).toThrow(/NG0203.*injectMutation/)
  expect(() => injectDatabaseStatus()).toThrow(/NG0203.*injectDatabaseStatus/)
})

test('the status of the database is a signal, until its injector is destroyed', async () => {
  const db = createTodos()
  const injector = createEnvironmentInjector(
    [],
    injectWith(db, () => inject(EnvironmentInjector)),
  )
  const seen = vi.fn<(phase: DatabaseStatus['phase']) => void>()
  const status = injectDatabaseStatus({ injector })
  effect(() => seen(status().phase), { injector })
  expect(status().phase).toBe('idle')

  await db.ready
  await expect.poll(() => seen).toHaveBeenLastCalledWith('open')
  expect(status().storage).toMatchObject({ backend: 'memory' })

  injector.destroy()
  const before = seen.mock.calls.length
  await db.close()
  expect(seen).toHaveBeenCalledTimes(before)
})
